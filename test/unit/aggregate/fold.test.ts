import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../functions/aggregate/fold.ts';
import { namesNeeded } from '../../../functions/aggregate/names-needed.ts';
import { emptyVisitorState } from '../../../functions/aggregate/visitor-state.ts';
import { countersPerUpdateMax, keyText } from '../../../functions/contract/counter.ts';
import { kind, type PulseEvent } from '../../../functions/contract/event.ts';
import { isTick, type StreamRecord } from '../../../functions/contract/record.ts';
import { decodeRecord, encodeRecord } from '../../../functions/stream/record.ts';
import { small, traffic } from '../../law/traffic.ts';
import { configOf, elementOf, epoch, GivenSite, pageOf, recordOf, view } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');

/** Anything that decoding lets through, out of anything at all that looks like a record. */
const anyText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom('', '__proto__', 'constructor', '|', '\n', '(other)'),
);
const anyEvent = fc
  .tuple(fc.nat(20), fc.nat(9e7), fc.nat(2), fc.nat(4095), fc.nat(4095), fc.nat(5), fc.nat(1))
  .map(([what, age, index, one, two, three, four]): PulseEvent => {
    switch (what) {
      case kind.click:
      case kind.rage:
        return [what, age, index, one, two, three + 3] as PulseEvent;
      case kind.move:
      case kind.hover:
        return [what, age, index, one, two, one, four] as PulseEvent;
      case kind.dead:
        return [what, age, index, one, two];
      case kind.field:
        return [what, age, index, one, four];
      case kind.reach:
        return [what, age, index, Math.min(one % 20, two % 20), Math.max(one % 20, two % 20)];
      case kind.paneReach:
        return [what, age, index, Math.min(one % 20, two % 20), Math.max(one % 20, two % 20), four * one];
      case kind.paneBands:
        return [what, age, index, [one % 20, two]];
      case kind.vitals:
        return [what, age, index, one, four === 0 ? null : two, three];
      case kind.bands:
        return [what, age, index, [one % 20, two]];
      case kind.engaged:
        return [what, age, index, one];
      case kind.outbound:
      case kind.download:
        return [what, age, index, `https://${one}.example/`];
      case kind.custom:
        return [what, age, index, 'a name', { plan: one, __proto__: 'x' }];
      case kind.view:
        return [what, age, index, three];
      default:
        return [what, age, index] as PulseEvent;
    }
  });
const anyRecord = fc
  .record({
    receivedAt: fc.oneof(fc.constant(0), fc.integer({ min: noon, max: noon + 1e9 }), fc.constant(8.64e15)),
    n: fc.oneof(fc.nat(5), fc.nat(Number.MAX_SAFE_INTEGER)),
    country: fc.constantFrom('', 'DE', '__'),
    browser: anyText,
    os: anyText,
    language: fc.constantFrom('', 'de', '|'),
    texts: fc.tuple(anyText, anyText, anyText),
    sizes: fc.tuple(fc.integer({ min: -1e5, max: 1e5 }), fc.nat(1e5), fc.nat(1e5)),
    events: fc.array(anyEvent, { maxLength: 30 }),
  })
  .map(({ texts, sizes, ...rest }): StreamRecord => {
    const [viewportWidth, viewportHeight, documentHeight] = sizes;
    const size = { viewportWidth, viewportHeight, documentHeight };
    const pages = texts.map((path) => pageOf(path, { ...size, referrer: texts[0], utm: [...texts] }));
    const elements = texts.map((key, page) => elementOf(key, { page, box: [0, 0, ...sizes.slice(0, 2)] as never }));
    return recordOf({ ...rest, pages, elements });
  });

describe('the fold', () => {
  it('throws for nothing that decodes, and adds only what can be written', () => {
    fc.assert(
      fc.property(
        fc.array(anyRecord, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('UTC', 'Asia/Kathmandu'),
        (records, zone) => {
          const given = new GivenSite({ zone });
          for (const record of records) {
            const decoded = decodeRecord(encodeRecord(record));
            if (!decoded.ok || isTick(decoded.record)) continue;
            for (const { counters, texts } of given.receive(decoded.record).increments) {
              expect(Object.keys(counters).length + Object.keys(texts).length).toBeLessThanOrEqual(
                countersPerUpdateMax,
              );
              expect(Object.values(counters).every((value) => Number.isSafeInteger(value) && value > 0)).toBe(true);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives the same for the same, to the letter', () => {
    const run = () => {
      const given = new GivenSite({ zone: 'Europe/Berlin' });
      return JSON.stringify(traffic({ ...small, seed: 3 }).map((record) => given.receive(record)));
    };
    expect(run()).toBe(run());
  });

  it('puts each item into one increment', () => {
    const given = new GivenSite();
    const { increments } = given.receive(recordOf({ receivedAt: noon, events: [view(), view(), view()] }));
    const keys = increments.map(({ key }) => keyText(key));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('looks up no name that was not needed', () => {
    for (const record of traffic({ ...small, seed: 8 })) {
      const needed = new Set(namesNeeded(record, configOf(), epoch).map(({ scope, name }) => `${scope.pk}\n${name}`));
      const find = (pk: string, name: string) => {
        if (!needed.has(`${pk}\n${name}`)) throw new Error(`"${name}" of ${pk} was not needed`);
        return { slot: 0, name };
      };
      const context = { config: configOf(), admissions: { find }, epoch, retired: null };
      expect(() => fold(emptyVisitorState(), record, context)).not.toThrow();
    }
  });

  it('shows in the feed what a visitor did, once', () => {
    const given = new GivenSite();
    const elements = [elementOf('#buy', { label: 'Buy now' })];
    const record = recordOf({
      receivedAt: noon,
      n: 4,
      elements,
      events: [view(50), [kind.click, 40, 0, 1, 1, 0], [kind.custom, 30, 0, 'signup', {}], [kind.engaged, 0, 0, 5]],
    });
    expect(given.receive(record).feed).toEqual([
      expect.objectContaining({ at: noon - 50, id: '000000a1.4.0', what: 'view', path: '/', label: 'Title of /' }),
      expect.objectContaining({
        at: noon - 40,
        id: '000000a1.4.1',
        what: 'click',
        label: 'Buy now',
        device: 'desktop',
      }),
      expect.objectContaining({ at: noon - 30, what: 'custom', label: 'signup', country: 'DE', browser: 'Firefox' }),
    ]);
    expect(given.receive(record).feed).toEqual([]);
  });
});
