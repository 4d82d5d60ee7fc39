import { describe, expect, it } from 'vitest';
import {
  hourKey,
  itemBytesMax,
  keyText,
  parseKeyText,
  parseSessionSort,
  sessionKey,
} from '../../../functions/contract/counter.ts';
import { kind, type PulseEvent, pathLengthMax } from '../../../functions/contract/event.ts';
import { hourMs, minuteMs } from '../../../functions/contract/time-unit.ts';
import { itemExpiry } from '../../../functions/process/item-expiry.ts';
import { elementOf, epoch, GivenSite, heartbeat, hide, leave, pageOf, recordOf, show, site, view } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const day = '2026-11-23';
const visitor = '00000000000000aa';
const keyOf = (firstStart: number, onDay = day) => sessionKey(epoch, site, { day: onDay, firstStart, visitor });
const isSession = (text: string) => parseKeyText(text).pk.includes('|session|');
const startsOf = (given: GivenSite) =>
  [...given.items.keys()].filter(isSession).map((text) => parseSessionSort(parseKeyText(text).sk).firstStart);

const send = (given: GivenSite, receivedAt: number, n: number, events: PulseEvent[], path = '/', load = 'a1') =>
  given.receive(
    recordOf({
      receivedAt,
      n,
      load: load.padStart(16, '0'),
      pages: [pageOf(path, { referrer: n === 0 ? 'news.example' : '' })],
      elements: [elementOf('#buy')],
      events,
    }),
  );

describe('a session’s own item', () => {
  it('tells when it was, what was done, where it was entered and left, and with what', () => {
    const given = new GivenSite();
    send(given, noon + 2_000, 0, [view(2_000)]);
    send(given, noon + 30_000, 1, [
      [kind.click, 20_000, 0, 1, 1, 0],
      [kind.click, 19_500, 0, 1, 1, 1],
      [kind.rage, 19_400, 0, 1, 1, 3],
      [kind.rage, 19_300, 0, 1, 1, 4],
      [kind.dead, 19_000, 0, 1, 1],
      [kind.engaged, 0, 0, 12_000],
    ]);
    send(given, noon + 60_000, 2, [view()], '/pricing');
    expect(given.at(keyOf(noon))).toEqual({ du: 60_000, pv: 2, cl: 2, ra: 1, de: 1, en: 12_000, si: 1 });
    expect(given.textsAt(keyOf(noon))).toEqual({
      w: 'desktop\nDE\nFirefox\nLinux\nde',
      e: 'news.example /',
      x: '/pricing',
      f: '-',
    });
  });

  it('keeps its name when an earlier event comes late, and tells the earlier start', () => {
    const given = new GivenSite();
    send(given, noon, 1, [view()], '/pricing');
    send(given, noon + 1_000, 0, [view(9_000)], '/');
    expect(startsOf(given)).toEqual([noon]);
    expect(given.at(keyOf(noon))).toMatchObject({ ea: 8_000, du: 8_000, pv: 2 });
    expect(given.textsAt(keyOf(noon))).toMatchObject({ e: 'news.example /', x: '/pricing' });
  });

  it('is another after half an hour, and both take their share of a record that spans them', () => {
    const given = new GivenSite();
    send(given, noon, 0, [view()]);
    send(given, noon + hourMs, 1, [[kind.click, hourMs - 60_000, 0, 1, 1, 0], view(0)], '/pricing');
    expect(startsOf(given)).toEqual([noon, noon + hourMs]);
    expect(given.at(keyOf(noon))).toMatchObject({ du: 60_000, pv: 1, cl: 1, si: 1, so: 1 });
    expect(given.at(keyOf(noon + hourMs))).toEqual({ pv: 1, si: 1 });
  });

  it('adds nothing for what was before the session', () => {
    const given = new GivenSite();
    send(given, noon, 1, [view()]);
    const before = structuredClone(given.at(keyOf(noon)));
    send(given, noon + 1_000, 0, [[kind.click, hourMs, 0, 1, 1, 0]]);
    expect(startsOf(given)).toEqual([noon]);
    expect(given.at(keyOf(noon))).toEqual(before);
  });

  it('says whether a page of it is visible, over all its tabs', () => {
    const given = new GivenSite();
    const shown = () => {
      const { si = 0, so = 0 } = given.at(keyOf(noon));
      return si - so;
    };
    send(given, noon, 0, [view()]);
    send(given, noon + 1_000, 0, [view()], '/', 'b2');
    expect(shown()).toBe(1);
    send(given, noon + 2_000, 1, [hide()]);
    expect(shown()).toBe(1);
    send(given, noon + 3_000, 1, [leave()], '/', 'b2');
    expect(shown()).toBe(0);
    send(given, noon + 4_000, 2, [show()]);
    expect(shown()).toBe(1);
    expect(given.at(keyOf(noon))).toMatchObject({ si: 2, so: 1, du: 4_000 });
  });

  it('grows with heartbeats, which its hour is not told of', () => {
    const given = new GivenSite();
    const hour = hourKey(epoch, site, day, noon);
    send(given, noon, 0, [view()]);
    send(given, noon + minuteMs, 1, [heartbeat()]);
    expect(given.at(keyOf(noon)).du).toBe(minuteMs);
    expect(given.at(hour).du).toBeUndefined();
    const { increments } = send(given, noon + 2 * minuteMs, 2, [heartbeat()]);
    expect(increments.map(({ key }) => key.pk.split('|')[2]).sort()).toEqual(['live', 'session']);
    send(given, noon + 3 * minuteMs, 3, [hide()]);
    expect(given.at(hour).du).toBe(3 * minuteMs);
  });

  it('stays on the day and in the hour in which it began', () => {
    const given = new GivenSite();
    const late = Date.parse('2026-11-23T23:55:00Z');
    send(given, late, 0, [view()]);
    send(given, late + 10 * minuteMs, 1, [view()], '/pricing');
    expect(startsOf(given)).toEqual([late]);
    expect(given.at(keyOf(late))).toMatchObject({ pv: 2, du: 10 * minuteMs });
    expect(given.at(hourKey(epoch, site, day, Date.parse('2026-11-23T23:00:00Z'))).du).toBe(10 * minuteMs);
  });

  it('ends without a pause after a day at the latest, and is visible no more then: its visitor is one', () => {
    const given = new GivenSite();
    const eleven = Date.parse('2026-11-23T11:00:00Z');
    const [first, midnight, next] = [eleven, eleven + 13 * hourMs, eleven + 37 * hourMs];
    for (let n = 0; n <= 40 * 3; n++) send(given, eleven + n * 20 * minuteMs, n, [[kind.click, 0, 0, 1, 1, 0]]);
    expect(startsOf(given)).toEqual([first, midnight, next]);
    expect(given.at(keyOf(first))).toEqual({ du: 13 * hourMs - 20 * minuteMs, cl: 39, si: 1, so: 1 });
    expect(given.at(keyOf(midnight, '2026-11-24'))).toEqual({ du: 24 * hourMs - 20 * minuteMs, cl: 72, si: 1, so: 1 });
    expect(given.at(keyOf(next, '2026-11-25'))).toEqual({ du: 3 * hourMs, cl: 10, si: 1 });
    expect(given.at(hourKey(epoch, site, '2026-11-25', next))).toMatchObject({ se: 1 });
  });

  it('is far below its bound with the longest paths, whatever they are made of', () => {
    const given = new GivenSite();
    const path = `/${'𝄞'.repeat(pathLengthMax / 2 - 1)}`;
    send(given, noon, 0, [view()], path);
    const texts = given.textsAt(keyOf(noon));
    expect(texts.x).toBe(`/${'𝄞'.repeat(99)}`);
    const bytes = Buffer.byteLength(JSON.stringify([keyText(keyOf(noon)), given.at(keyOf(noon)), texts]));
    expect(bytes + 8 * 30).toBeLessThan(itemBytesMax / 2);
  });

  it('expires 90 days after its start', () => {
    expect(itemExpiry(keyOf(noon)) * 1000).toBe(noon + 90 * 24 * hourMs);
  });
});
