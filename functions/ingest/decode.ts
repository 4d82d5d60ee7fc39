import {
  type Batch,
  eventsPerBatchMax,
  formatVersion,
  formatVersionsAccepted,
  type PulseEvent,
} from '../contract/event.ts';
import { describeValue, exactInteger } from '../stream/bounded.ts';
import { checkEvent } from '../stream/event-check.ts';
import { batchAge, isTooOld } from './clock.ts';
import { decodeBody } from './decode-body.ts';
import { decodeElements } from './decode-elements.ts';
import { decodePages } from './decode-pages.ts';
import { type Checked, type Rejection, rejection } from './rejection.ts';

/** Printable ASCII: what else a text may hold, half a character say, a table would not take for a key. */
const writeKeyPattern = /^[\x21-\x7e]{1,64}$/;
const tokenLengthMax = 256;
const originLengthMax = 300;
/** A load that sent once a second would need months. */
const batchNumberMax = 10_000_000;
const hex16 = /^[0-9a-f]{16}$/;

/**
 * A request's batch, every field of it checked and bounded. Nothing is thrown for bad input: what cannot be meant is refused
 * by name, and what is merely too long or too large is cut, so that it takes no good event down with it.
 * Hand-written: a tenth of the cost of a schema library on this, the hottest path.
 */
export function decode(body: string | undefined, isBase64: boolean): { ok: true; batch: Batch } | Rejection {
  const read = decodeBody(body, isBase64);
  if (!read.ok) return read;
  if (typeof read.json !== 'object' || read.json === null || Array.isArray(read.json)) {
    return rejection('bad-batch', `the body is ${describeValue(read.json)}, not an object`);
  }
  const json = read.json as Record<string, unknown>;
  const refused = checkHead(json);
  if (refused) return refused;
  const pages = decodePages(json.p);
  if (!pages.ok) return pages;
  const elements = decodeElements(json.e, pages.value.length);
  if (!elements.ok) return elements;
  const events = decodeEvents(json.x, pages.value.length, elements.value.length);
  if (!events.ok) return events;
  const head = json as unknown as Batch;
  return {
    ok: true,
    batch: {
      v: formatVersion,
      k: head.k,
      l: head.l,
      n: head.n,
      t: head.t,
      s: head.s,
      ...(head.i === undefined ? {} : { i: head.i }),
      o: head.o,
      g: head.g,
      p: pages.value,
      e: elements.value,
      x: events.value,
    },
  };
}

function checkHead(json: Record<string, unknown>): Rejection | null {
  const { v, k, l, n, t, s, i, o, g } = json;
  if (!formatVersionsAccepted.includes(v as number)) {
    return rejection(
      'bad-version',
      `v is ${describeValue(v)}, not one of the format versions ${formatVersionsAccepted}`,
    );
  }
  if (typeof k !== 'string' || !writeKeyPattern.test(k)) {
    return rejection('bad-key', `k is ${describeValue(k)}, not a write key of 1 to 64 characters`);
  }
  if (typeof l !== 'string' || !hex16.test(l)) {
    return rejection('bad-load', `l is ${describeValue(l)}, not 16 hex digits`);
  }
  if (exactInteger(n, 0, batchNumberMax) === undefined) {
    return rejection('bad-number', `n is ${describeValue(n)}, not a whole number 0..${batchNumberMax}`);
  }
  if (!isInstant(t) || !isInstant(s)) {
    return rejection('bad-clock', `t is ${describeValue(t)} and s is ${describeValue(s)}, not ms since the epoch`);
  }
  const age = batchAge(t, s);
  if (isTooOld(age)) {
    return rejection('too-old', `the batch was made ${Math.round(age / 60_000)} minutes before it was sent: over 24 h`);
  }
  if (i !== undefined && (typeof i !== 'string' || i.length > tokenLengthMax)) {
    return rejection('bad-token', `i is ${describeValue(i)}, not a token of at most ${tokenLengthMax} characters`);
  }
  if (typeof o !== 'string' || o.length > originLengthMax) {
    return rejection('bad-origin', `o is ${describeValue(o)}, not an origin`);
  }
  if (typeof g !== 'string') return rejection('bad-language', `g is ${describeValue(g)}, not a language tag`);
  return null;
}

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function decodeEvents(value: unknown, pages: number, elements: number): Checked<PulseEvent[]> {
  if (!Array.isArray(value)) return rejection('bad-events', `x is ${describeValue(value)}, not a list`);
  if (value.length === 0) return rejection('no-events', 'x is empty: a batch without events says nothing');
  if (value.length > eventsPerBatchMax) {
    return rejection('too-many-events', `x has ${value.length} events; at most ${eventsPerBatchMax} are taken`);
  }
  const events: PulseEvent[] = [];
  for (const [index, one] of value.entries()) {
    const event = checkEvent(one, { pages, elements });
    if (typeof event === 'string') return rejection('bad-event', `event ${index} ${event}`);
    events.push(event);
  }
  return { ok: true, value: events };
}
