/**
 * The same counters by another road: all batches at once, each once, looked at as a whole. No state, no order of arrival, no
 * fold: what it shares with the product is how items and counters are called.
 */
import { activeAt } from '../../functions/contract/active.ts';
import * as counter from '../../functions/contract/counter.ts';
import { clickSteps, moveSteps, snapTo } from '../../functions/contract/element-step.ts';
import { kind, type PulseEvent, type SpotEvent } from '../../functions/contract/event.ts';
import { nameId } from '../../functions/contract/name-id.ts';
import type { StreamRecord } from '../../functions/contract/record.ts';
import { hourStart, localDay, minuteOf } from '../../functions/contract/time-unit.ts';
import { countReached } from './recount-goals.ts';
import { countSession, sessionFigures } from './recount-session.ts';

const zone = 'UTC';
const gapMs = 30 * 60_000;

interface Happening {
  event: PulseEvent;
  at: number;
  order: number;
  visitor: string;
  load: string;
  record: StreamRecord;
}

/** A figure by its name: `page /pricing views 2026-11-23` → 7. Net of what was taken back. */
type Figures = Map<string, number>;

export function differences(records: readonly StreamRecord[], items: Map<string, counter.Totals>): string[] {
  const happenings = eachOnce(records);
  const now = Math.max(...records.map(({ receivedAt }) => receivedAt));
  const expected: Figures = new Map();
  countEvents(happenings, expected);
  countFirsts(happenings, expected);
  for (const visitor of new Set(happenings.map((one) => one.visitor))) {
    countSessions(
      happenings.filter((one) => one.visitor === visitor),
      expected,
    );
  }
  countTransitions(happenings, expected);
  countActive(happenings, now, expected);
  const found = figuresOf(items, now);
  return [...new Set([...expected.keys(), ...found.keys()])]
    .filter((name) => (expected.get(name) ?? 0) !== (found.get(name) ?? 0))
    .map((name) => `${name}: ${expected.get(name) ?? 0} happened, ${found.get(name) ?? 0} counted`);
}

function add(figures: Figures, name: string, amount = 1): void {
  figures.set(name, (figures.get(name) ?? 0) + amount);
}

function eachOnce(records: readonly StreamRecord[]): Happening[] {
  const owners = new Map<string, string>();
  const seen = new Set<string>();
  return records.flatMap((record) => {
    const { load, n, receivedAt } = record;
    const visitor = owners.get(load) ?? record.visitor;
    owners.set(load, visitor);
    if (seen.has(`${load} ${n}`)) return [];
    seen.add(`${load} ${n}`);
    return record.events.map((event, index) => {
      return { event, at: receivedAt - event[1], order: n * 1000 + index, visitor, load, record };
    });
  });
}

function isOnElement(event: PulseEvent): event is SpotEvent {
  return [kind.click, kind.rage, kind.dead, kind.move, kind.hover].some((what) => what === event[0]);
}

function pageOfEvent({ event, record }: Happening) {
  const isOfWhole = [kind.field, kind.abandon, kind.paneReach, kind.paneBands].some((what) => what === event[0]);
  const page = record.pages[isOfWhole || isOnElement(event) ? (record.elements[event[2]]?.page ?? -1) : event[2]];
  if (!page) throw new Error('the traffic has an event without a page');
  return page;
}

const quiet: readonly number[] = [
  kind.heartbeat,
  kind.hide,
  kind.show,
  kind.leave,
  kind.bands,
  kind.engaged,
  kind.reach,
  kind.abandon,
  kind.paneReach,
  kind.paneBands,
  kind.vitals,
];

function countEvents(happenings: Happening[], figures: Figures): void {
  for (const happening of happenings) {
    const { event, at } = happening;
    const hour = hourStart(at, zone);
    const page = pageOfEvent(happening);
    if (!quiet.includes(event[0])) add(figures, `hour ${hour} ev`);
    if (event[0] === kind.view) {
      add(figures, `hour ${hour} pv`);
      add(figures, `minute ${minuteOf(at)} pv`);
      add(figures, `page ${nameId(page.path)} pv`);
      add(figures, `page ${nameId(page.path)} vd`);
      add(figures, `page ${nameId(page.path)} fd`, 500);
      for (const [dimension, value] of valuesOfView(happening)) add(figures, `value ${dimension} ${value} pv`);
    }
    if (event[0] === kind.engaged) {
      add(figures, `hour ${hour} en`, event[3]);
      add(figures, `page ${nameId(page.path)} en`, event[3]);
    }
    if (event[0] === kind.reach) {
      for (let band = event[3]; band <= event[4]; band++)
        add(figures, `page ${nameId(page.path)} rd${band.toString(36)}`);
    }
    if (event[0] === kind.bands) {
      add(figures, `page ${nameId(page.path)} md0`, event[3][1]);
      add(figures, `page ${nameId(page.path)} md7`, event[3][3]);
    }
    if (event[0] === kind.vitals) {
      const [, , , lcp, inp, cls] = event;
      const tens = [
        ...(lcp === null ? [] : [`ld${below([500, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 6_000, 10_000], lcp)}`]),
        ...(inp === null ? [] : [`id${below([50, 100, 150, 200, 300, 400, 500, 1_000, 2_000], inp)}`]),
        ...(cls === null ? [] : [`cd${below([0, 250, 500, 750, 1_000, 1_500, 2_000, 2_500, 5_000], cls)}`]),
      ];
      for (const name of tens) add(figures, `page ${nameId(page.path)} ${name}`);
    }
    if (event[0] === kind.outbound) add(figures, `value outbound ${event[3]} n`);
    if (event[0] === kind.custom) {
      add(figures, `value event ${event[3]} n`);
      add(figures, `value event ${event[3]} · plan=${event[4].plan} n`);
    }
    countOnElement(happening, hour, figures);
  }
}

function below(edges: readonly number[], value: number): number {
  return edges.filter((edge) => edge < value).length;
}

function countOnElement({ event, record }: Happening, hour: number, figures: Figures): void {
  if (event[0] === kind.rage && event[5] === 3) add(figures, `hour ${hour} ra`);
  if (event[0] === kind.dead) add(figures, `hour ${hour} de`);
  if (event[0] === kind.hover && event[6] === 1) add(figures, `hour ${hour} he`);
  const path = record.pages[record.elements[event[2]]?.page ?? 0]?.path ?? '';
  const on = (name: string, amount = 1) => add(figures, `element ${nameId(path)} ${name}`, amount);
  const cell = (letter: string, amount = 1) => {
    if (isOnElement(event)) {
      const layers = { C: 'click', R: 'rage', D: 'dead', H: 'hover', E: 'hesitation', M: 'move' } as const;
      const layer = layers[letter as 'C'];
      const [, , width = 0, height = 0] = record.elements[event[2]]?.box ?? [];
      on(counter.cellName(layer, cellIn(layer, event[3], width), cellIn(layer, event[4], height)), amount);
    }
  };
  if (event[0] === kind.click) {
    on('cl');
    cell('C');
    if (event[5] % 2 === 1) on('ta');
  }
  if (event[0] === kind.rage && event[5] === 3) {
    on('ra');
    cell('R');
  }
  if (event[0] === kind.field) {
    on('fo');
    on('fm', event[3]);
    on('ch', event[4]);
  }
  if (event[0] === kind.abandon) on('ab');
  if (event[0] === kind.paneReach) {
    if (event[5] > 0) on('V');
    if (event[5] > 0) on('F', 400);
    for (let band = event[3]; band <= event[4]; band++) on(`R${band.toString(36)}`);
  }
  if (event[0] === kind.paneBands) on('Tc', event[3][1]);
  if (event[0] === kind.dead) {
    on('de');
    cell('D');
  }
  if (event[0] === kind.hover) {
    on('ho');
    on('hm', event[5]);
    on('he', event[6]);
    cell('H', event[5]);
    cell('E', event[6]);
  }
  if (event[0] === kind.move) {
    on('mo');
    on('rm', event[5]);
    cell('M', event[5]);
  }
}

/** A step of the box's side: all but clicks and moves is told four times as coarsely. */
function cellIn(layer: counter.CellLayer, cell: number, sidePx: number): number {
  if (layer === 'move') return snapTo(moveSteps(sidePx), cell);
  return snapTo(layer === 'click' ? clickSteps(sidePx) : Math.ceil(clickSteps(sidePx) / 4), cell);
}

function valuesOfView(happening: Happening): [string, string][] {
  const { referrer, utm } = pageOfEvent(happening);
  const values: [string, string][] = [['referrer', referrer]];
  for (const [index, name] of ['utm_source', 'utm_medium', 'utm_campaign'].entries())
    values.push([name, utm[index] ?? '']);
  return values.filter(([, value]) => value !== '');
}

/** Visitors: how many different ones, per unit. New visitors and visitors per value are summed over the day's hours. */
function countFirsts(happenings: Happening[], figures: Figures): void {
  const distinct = new Set<string>();
  for (const happening of happenings) {
    const { event, at, visitor, record } = happening;
    const day = localDay(at, zone);
    const path = pageOfEvent(happening).path;
    if (event[0] === kind.outbound) distinct.add(`value outbound ${event[3]} vi|${day} ${visitor}`);
    if (event[0] === kind.custom) {
      distinct.add(`value event ${event[3]} vi|${day} ${visitor}`);
      distinct.add(`value event ${event[3]} · plan=${event[4].plan} vi|${day} ${visitor}`);
    }
    if (event[0] !== kind.view) continue;
    distinct.add(`hour ${hourStart(at, zone)} vi|${visitor}`);
    distinct.add(`minute ${minuteOf(at)} vi|${visitor}`);
    distinct.add(`day ${day} nv|${visitor}`);
    distinct.add(`page ${nameId(path)} vi|${day} ${visitor}`);
    for (const [dimension, value] of valuesOfView(happening))
      distinct.add(`value ${dimension} ${value} vi|${day} ${visitor}`);
    const { country, browser, os, language } = record;
    for (const small of [`c:${country}`, `b:${browser}`, `o:${os}`, `l:${language}`, 'd:desktop', 'w:1280-1535']) {
      add(figures, `small ${small}:p`);
      distinct.add(`small ${small}:v|${day} ${visitor}`);
    }
  }
  for (const one of distinct) add(figures, one.slice(0, one.lastIndexOf('|')));
}

function countSessions(ofVisitor: Happening[], figures: Figures): void {
  const tells: readonly number[] = [kind.hide, kind.leave, kind.bands, kind.engaged, kind.paneBands, kind.vitals];
  const inTime = [...ofVisitor].sort((one, other) => one.at - other.at || one.order - other.order);
  let last = Number.NEGATIVE_INFINITY;
  let session: Happening[] = [];
  const close = () => {
    countReached(
      session.map((one) => ({ ...one, path: pageOfEvent(one).path })),
      (name, amount) => add(figures, name, amount),
    );
    const views = session.filter(({ event }) => event[0] === kind.view);
    const [entry] = views;
    const exit = views.at(-1);
    if (views.length === 1) add(figures, 'day bounces');
    if (entry) add(figures, `page ${nameId(pageOfEvent(entry).path)} entries`);
    if (exit) add(figures, `page ${nameId(pageOfEvent(exit).path)} exits`);
    countSession(session, { entry: entry && pageOfEvent(entry), exit: exit && pageOfEvent(exit) }, (name, amount) =>
      add(figures, name, amount),
    );
    session = [];
  };
  for (const happening of inTime) {
    if (happening.at > last + gapMs) {
      if (tells.includes(happening.event[0])) continue;
      close();
      add(figures, 'day sessions');
    }
    last = happening.at;
    session.push(happening);
  }
  close();
}

/**
 * Within a load a view comes from the one before it; a load's first view from the visitor's last one before it, if that was not
 * in another session.
 */
function countTransitions(happenings: Happening[], figures: Figures): void {
  const views = happenings.filter(({ event }) => event[0] === kind.view);
  for (const view of views) {
    const { visitor, load, at, order } = view;
    const own = views.filter((one) => one.load === load && one.order < order);
    const others = views.filter((one) => one.visitor === visitor && one.load !== load && isEarlier(one, view));
    const from = lastBy(own, (one) => one.order) ?? lastBy(others, (one) => one.at);
    if (!from || (from.load !== load && at > lastSignBefore(happenings, view) + gapMs)) continue;
    add(figures, `from ${nameId(pageOfEvent(from).path)} to ${nameId(pageOfEvent(view).path)}`);
  }
  for (const happening of happenings) {
    const { event } = happening;
    if (event[0] !== kind.outbound) continue;
    add(figures, `from ${nameId(pageOfEvent(happening).path)} to >${nameId(event[3])}`);
  }
}

function isEarlier(one: Happening, other: Happening): boolean {
  return one.at < other.at || (one.at === other.at && one.load < other.load);
}
function lastBy(happenings: Happening[], measure: (one: Happening) => number): Happening | undefined {
  return [...happenings].sort((one, other) => measure(one) - measure(other) || (one.load < other.load ? -1 : 1)).at(-1);
}
function lastSignBefore(happenings: Happening[], { visitor, at }: Happening): number {
  return Math.max(...happenings.filter((one) => one.visitor === visitor && one.at < at).map((one) => one.at));
}

function countActive(happenings: Happening[], now: number, figures: Figures): void {
  const here = new Set<string>();
  for (const load of new Set(happenings.map((one) => one.load))) {
    const own = happenings.filter((one) => one.load === load).sort((one, other) => one.order - other.order);
    let isVisible = true;
    let page = '';
    for (const happening of own) {
      const [what] = happening.event;
      if (what === kind.hide || what === kind.leave) isVisible = false;
      if (what === kind.view || what === kind.show || what === kind.heartbeat) {
        isVisible = true;
        page = pageOfEvent(happening).path;
      }
      if (what === kind.click || what === kind.rage) isVisible = true;
    }
    const signs = own.filter(({ event }) => event[0] !== kind.hide && event[0] !== kind.leave).map(({ at }) => at);
    const sign = Math.max(...signs);
    if (!isVisible || Math.floor(now / 5000) - Math.floor(sign / 5000) >= 10) continue;
    add(figures, `active ${nameId(page)}`);
    here.add(own[0]?.visitor ?? '');
  }
  add(figures, 'active', here.size);
}

/** The stored counters under the same names. */
function figuresOf(items: Map<string, counter.Totals>, now: number): Figures {
  const figures: Figures = new Map();
  const { active, pages } = activeAt(
    [...items.values()].map(({ key, counters }) => ({ pk: key.pk, counters })),
    now,
  );
  add(figures, 'active', active);
  for (const [pageId, count] of pages) add(figures, `active ${pageId}`, count);
  for (const { key, counters, texts } of items.values()) {
    const [, , what = '', when = '', pageId = ''] = key.pk.split('|');
    if (what === 'session') {
      for (const [name, value] of sessionFigures(key.sk, counters, texts)) add(figures, name, value);
      continue;
    }
    for (const [name, value] of Object.entries(counters)) {
      const told = nameOf(what, when, pageId, key.sk, name, texts.v ?? '');
      if (told) add(figures, told.name, told.isTakenBack ? -value : value);
    }
  }
  return figures;
}

const pairs: Record<string, string> = { ei: 'entries', eo: '-entries', xi: 'exits', xo: '-exits' };

function nameOf(what: string, when: string, pageId: string, sk: string, name: string, text: string) {
  const taken = (full: string, isTakenBack = false) => ({ name: full, isTakenBack });
  switch (what) {
    case 'live':
      return counter.parseWindowName(name) ? null : taken(`minute ${when} ${name}`);
    case 'hour':
      if (name === 'nv') return taken(`day ${when} nv`);
      if (name === 'se') return taken('day sessions');
      if (name === 'du') return taken('day duration');
      if (name === 'bo' || name === 'ub') return taken('day bounces', name === 'ub');
      return taken(counter.parseSmallName(name) ? `small ${name}` : `hour ${counter.parseHourText(sk)} ${name}`);
    case 'page': {
      // What was met before leaving hangs on the order of arrival: the simulator recounts it.
      if (/^[A-Z][io]$/.test(name)) return null;
      const pair = pairs[name];
      return taken(`page ${sk} ${pair?.replace('-', '') ?? name}`, pair?.startsWith('-'));
    }
    case 'value':
      return taken(`value ${counter.valueDimension(sk)} ${text} ${name}`);
    case 'goal':
      return taken(`goal ${sk} ${name}`);
    case 'transition':
      return taken(`from ${sk.replace('|', ' to ')}`, name === 'u');
    case 'element':
      return taken(`element ${pageId} ${name}`);
    default:
      throw new Error(`an item of the kind "${what}" was not expected`);
  }
}
