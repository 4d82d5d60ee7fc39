import {
  batchAgeMaxMs,
  eventsPerBatchMax,
  kind,
  nameLengthMax,
  type PulseEvent,
  pixelsMax,
  propertiesPerEventMax,
  propertyLengthMax,
  scrollBandCount,
  urlLengthMax,
} from '../contract/event.ts';
import { vitals } from '../contract/vital.ts';
import { boundedNumber, boundedText, describeValue, exactInteger } from './bounded.ts';

/** How long the lists are that events point into. */
export interface ListLengths {
  pages: number;
  elements: number;
}

/** One event measures at most an hour: the snippet reports time in view each 30 s, and a sleeping laptop is not attention. */
export const durationMaxMs = 3_600_000;
const burstClicksMax = 1_000_000;
const moveRestMaxMs = 10_000;
/** Of a Web Vital, in its own unit: far beyond the last of its buckets. */
const vitalMax = 3_600_000;

interface Field {
  name: string;
  wanted: string;
  /** The bounded value; undefined where it cannot be meant. */
  read(value: unknown, lists: ListLengths): unknown;
}

function integer(name: string, min: number, max: number): Field {
  return { name, wanted: `a whole number ${min}..${max}`, read: (value) => exactInteger(value, min, max) };
}
function amount(name: string, max: number): Field {
  return { name, wanted: 'a number', read: (value) => boundedNumber(value, 0, max) };
}
function amountOrNull(name: string, max: number): Field {
  const { wanted, read } = amount(name, max);
  return { name, wanted: `${wanted}, or null`, read: (value, lists) => (value === null ? null : read(value, lists)) };
}
function text(name: string, lengthMax: number): Field {
  return {
    name,
    wanted: 'a text that is not empty',
    read: (value) => (typeof value === 'string' && value !== '' ? boundedText(value, lengthMax) : undefined),
  };
}

const age = amount('age', batchAgeMaxMs);
const page: Field = {
  name: 'page',
  wanted: "an index into the batch's pages",
  read: (value, lists) => exactInteger(value, 0, lists.pages - 1),
};
const element: Field = {
  name: 'element',
  wanted: "an index into the batch's elements",
  read: (value, lists) => exactInteger(value, 0, lists.elements - 1),
};
const cell = [integer('col', 0, 4095), integer('row', 0, 4095)];
const band = (name: string) => integer(name, 0, scrollBandCount - 1);
const bandPairs: Field = {
  name: 'pairs',
  wanted: `up to ${scrollBandCount} flat pairs of band 0..${scrollBandCount - 1} and ms`,
  read: readBandPairs,
};
const address: Field = { name: 'url', wanted: 'an address', read: readAddress };
const properties: Field = { name: 'properties', wanted: 'an object', read: readProperties };

/** What follows kind and age, by kind. */
const fieldsByKind: Record<number, readonly Field[]> = {
  [kind.view]: [page, integer('navigation', 0, 6)],
  [kind.click]: [element, ...cell, integer('flags', 0, 31)],
  [kind.rage]: [element, ...cell, integer('clicks', 3, burstClicksMax)],
  [kind.move]: [element, ...cell, amount('restMs', moveRestMaxMs), amount('speed', pixelsMax)],
  [kind.hover]: [element, ...cell, amount('ms', durationMaxMs), integer('hesitated', 0, 1)],
  [kind.reach]: [page, band('from'), band('to')],
  [kind.bands]: [page, bandPairs],
  [kind.engaged]: [page, amount('ms', durationMaxMs)],
  [kind.heartbeat]: [page],
  [kind.hide]: [page],
  [kind.show]: [page],
  [kind.leave]: [page],
  [kind.outbound]: [page, address],
  [kind.download]: [page, address],
  [kind.dead]: [element, ...cell],
  [kind.field]: [element, amount('ms', durationMaxMs), integer('changed', 0, 1)],
  [kind.abandon]: [element],
  [kind.paneReach]: [element, band('from'), band('to'), amount('heldPx', pixelsMax)],
  [kind.paneBands]: [element, bandPairs],
  [kind.vitals]: [page, ...vitals.map((vital) => amountOrNull(vital, vitalMax))],
  [kind.custom]: [page, text('name', nameLengthMax), properties],
};
const kindNames = Object.keys(kind);

/**
 * The event, rebuilt within its bounds, or a sentence that says why it cannot be meant. Used where a batch comes in and where
 * a record leaves the stream: the fold relies on what it says. Checking a second time changes nothing.
 */
export function checkEvent(value: unknown, lists: ListLengths): PulseEvent | string {
  if (!Array.isArray(value)) return `is ${describeValue(value)}, not a list`;
  const fields = typeof value[0] === 'number' ? fieldsByKind[value[0]] : undefined;
  if (!fields) return `has the unknown kind ${describeValue(value[0])}`;
  const name = kindNames[value[0]];
  if (value.length !== fields.length + 2) {
    return `(${name}) has ${value.length} fields, not ${fields.length + 2}`;
  }
  const checkedAge = age.read(value[1], lists);
  if (checkedAge === undefined) return `(${name}): age is ${describeValue(value[1])}, not ${age.wanted}`;
  const event: unknown[] = [value[0], checkedAge];
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] as Field;
    const found = value[index + 2];
    const checked = field.read(found, lists);
    if (checked === undefined) return `(${name}): ${field.name} is ${describeValue(found)}, not ${field.wanted}`;
    event.push(checked);
  }
  const [, , , from, to] = event as [number, number, number, number, number];
  if ((value[0] === kind.reach || value[0] === kind.paneReach) && from > to)
    return `(${name}): from is ${from}, after to ${to}`;
  return event as unknown as PulseEvent;
}

/** The events, or a sentence that names the first that cannot be meant. */
export function checkEvents(value: unknown, lists: ListLengths): PulseEvent[] | string {
  if (!Array.isArray(value)) return `events are ${describeValue(value)}, not a list`;
  if (value.length > eventsPerBatchMax) return `there are ${value.length} events, more than ${eventsPerBatchMax}`;
  const events: PulseEvent[] = [];
  for (const [index, one] of value.entries()) {
    const event = checkEvent(one, lists);
    if (typeof event === 'string') return `event ${index} ${event}`;
    events.push(event);
  }
  return events;
}

function readBandPairs(value: unknown): number[] | undefined {
  if (!Array.isArray(value) || value.length % 2 !== 0 || value.length > 2 * scrollBandCount) return undefined;
  const pairs: number[] = [];
  for (let index = 0; index < value.length; index += 2) {
    const bandAt = exactInteger(value[index], 0, scrollBandCount - 1);
    const ms = boundedNumber(value[index + 1], 0, durationMaxMs);
    if (bandAt === undefined || ms === undefined) return undefined;
    pairs.push(bandAt, ms);
  }
  return pairs;
}

/**
 * Properties are the page author's, not the snippet's: one that is no text, number or truth value is left out (JSON writes NaN
 * as null), and so is what goes beyond the limit, rather than losing the batch over it.
 */
function readProperties(value: unknown): Record<string, string | number | boolean> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const kept: [string, string | number | boolean][] = [];
  for (const [name, one] of Object.entries(value)) {
    if (kept.length === propertiesPerEventMax) break;
    if (typeof one === 'string') kept.push([boundedText(name, nameLengthMax), boundedText(one, propertyLengthMax)]);
    else if ((typeof one === 'number' && Number.isFinite(one)) || typeof one === 'boolean')
      kept.push([boundedText(name, nameLengthMax), one]);
  }
  return Object.fromEntries(kept);
}

/** Without query, fragment, user and password: whoever sends, none of these is kept. */
function readAddress(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const end = value.search(/[?#]/);
  const bare = (end < 0 ? value : value.slice(0, end)).replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
  return bare === '' ? undefined : boundedText(bare, urlLengthMax);
}
