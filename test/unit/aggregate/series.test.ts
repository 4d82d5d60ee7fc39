import { describe, expect, it } from 'vitest';
import { hourKey, liveKey } from '../../../functions/contract/counter.ts';
import { kind } from '../../../functions/contract/event.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { hourMs, minuteMs, minuteOf } from '../../../functions/contract/time-unit.ts';
import { elementOf, epoch, GivenSite, heartbeat, hide, recordOf, site, view } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const hour = (day: string, at: number) => hourKey(epoch, site, day, at);

describe('series', () => {
  it('counts views, a visitor once an hour, and a new visitor once a day', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()] }));
    given.receive(recordOf({ receivedAt: noon + 5 * minuteMs, n: 1, events: [view()] }));
    given.receive(recordOf({ receivedAt: noon + hourMs, n: 2, events: [view()] }));
    expect(given.at(hour('2026-11-23', noon))).toMatchObject({ pv: 2, vi: 1, nv: 1 });
    expect(given.at(hour('2026-11-23', noon + hourMs))).toMatchObject({ pv: 1, vi: 1 });
    expect(given.at(hour('2026-11-23', noon + hourMs)).nv).toBeUndefined();
  });

  it('counts a visitor once a minute, in the tile of the page viewed', () => {
    const given = new GivenSite();
    for (const n of [0, 1, 2]) given.receive(recordOf({ receivedAt: noon + n * 20_000, n, events: [view()] }));
    given.receive(recordOf({ receivedAt: noon + minuteMs, n: 3, events: [view()] }));
    expect(given.at(liveKey(epoch, site, minuteOf(noon), nameId('/')))).toMatchObject({ pv: 3, vi: 1 });
    expect(given.at(liveKey(epoch, site, minuteOf(noon) + 1, nameId('/')))).toMatchObject({ pv: 1, vi: 1 });
  });

  it('says with every live increment how far the stream had come', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon + 1_234, events: [view(900)] }));
    expect(given.textsAt(liveKey(epoch, site, minuteOf(noon), nameId('/')))).toEqual({ at: String(noon + 1_234) });
  });

  it('counts two visitors as two', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()] }));
    given.receive(
      recordOf({ receivedAt: noon, visitor: '00000000000000bb', load: '00000000000000b1', events: [view()] }),
    );
    expect(given.at(hour('2026-11-23', noon))).toMatchObject({ pv: 2, vi: 2, nv: 2, se: 2 });
  });

  it('puts what happened before midnight into the day that was, in the time of the site', () => {
    const given = new GivenSite({ zone: 'Europe/Berlin' });
    const midnight = Date.parse('2026-11-22T23:00:00Z');
    given.receive(recordOf({ receivedAt: midnight + 1_000, events: [view(2_000), view(500)] }));
    expect(given.at(hour('2026-11-22', midnight - hourMs))).toMatchObject({ pv: 1, vi: 1, nv: 1, se: 1 });
    expect(given.at(hour('2026-11-23', midnight))).toMatchObject({ pv: 1, vi: 1, nv: 1 });
    expect(given.at(hour('2026-11-23', midnight)).se).toBeUndefined();
  });

  it.each([
    ['Asia/Kolkata', '2026-11-23T12:10:00Z', '2026-11-23T11:30:00Z'],
    ['Asia/Kathmandu', '2026-11-23T12:10:00Z', '2026-11-23T11:15:00Z'],
    ['UTC', '2026-11-23T12:10:00Z', '2026-11-23T12:00:00Z'],
  ])('keys an hour of %s by the instant at which it begins', (zone, at, start) => {
    const given = new GivenSite({ zone });
    given.receive(recordOf({ receivedAt: Date.parse(at), events: [view()] }));
    expect(given.at(hour('2026-11-23', Date.parse(start)))).toMatchObject({ pv: 1, vi: 1 });
  });

  it('keeps the two hours apart that have one name when the clock is set back', () => {
    const given = new GivenSite({ zone: 'Europe/Berlin' });
    const first = Date.parse('2026-10-25T00:30:00Z');
    given.receive(recordOf({ receivedAt: first, events: [view()] }));
    given.receive(recordOf({ receivedAt: first + hourMs, n: 1, events: [view()] }));
    expect(given.at(hour('2026-10-25', first - 30 * minuteMs))).toMatchObject({ pv: 1, vi: 1, nv: 1 });
    expect(given.at(hour('2026-10-25', first + 30 * minuteMs))).toMatchObject({ pv: 1, vi: 1 });
  });

  it('counts what a visitor did as events, and what a page tells of itself not', () => {
    const given = new GivenSite();
    const elements = [elementOf('#buy')];
    given.receive(
      recordOf({
        receivedAt: noon,
        elements,
        events: [
          view(),
          [kind.click, 0, 0, 1, 1, 0],
          [kind.rage, 0, 0, 1, 1, 3],
          [kind.dead, 0, 0, 1, 1],
          [kind.field, 0, 0, 900, 1],
          [kind.abandon, 0, 0],
          [kind.move, 0, 0, 1, 1, 300, 5],
          [kind.hover, 0, 0, 1, 1, 400, 0],
          [kind.hover, 0, 0, 1, 1, 1_400, 1],
          [kind.outbound, 0, 0, 'https://a.example/'],
          [kind.download, 0, 0, 'https://a.example/a.zip'],
          [kind.custom, 0, 0, 'signup', {}],
          [kind.reach, 0, 0, 0, 3],
          [kind.bands, 0, 0, [0, 100]],
          [kind.paneReach, 0, 0, 0, 3, 900],
          [kind.paneBands, 0, 0, [0, 100]],
          [kind.vitals, 0, 0, 1800, 90, 0],
          [kind.engaged, 0, 0, 700],
          heartbeat(),
          hide(),
        ],
      }),
    );
    expect(given.at(hour('2026-11-23', noon))).toMatchObject({ ev: 11, en: 700, ra: 1, de: 1, he: 1 });
  });

  it('counts a burst of clicks as one rage, however long it goes on', () => {
    const given = new GivenSite();
    const elements = [elementOf('#buy')];
    const events = [3, 4, 5].map((clicks) => [kind.rage, 0, 0, 8, 8, clicks] as const);
    given.receive(recordOf({ receivedAt: noon, elements, events: events.map((event) => [...event]) as never }));
    expect(given.at(hour('2026-11-23', noon)).ra).toBe(1);
  });

  it('counts a batch that comes a second time once', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()] }));
    const again = given.receive(recordOf({ receivedAt: noon + 9_000, events: [view(9_000)] }));
    expect(again).toMatchObject({ isRepeat: true, increments: [], feed: [] });
    expect(given.at(hour('2026-11-23', noon)).pv).toBe(1);
  });

  it('counts a view that comes very late as a view, but no visitor by it', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()] }));
    const old = noon - 50 * hourMs;
    given.receive(recordOf({ receivedAt: old, load: '00000000000000a9', events: [view()] }));
    expect(given.at(hour('2026-11-21', old))).toMatchObject({ pv: 1 });
    expect(given.at(hour('2026-11-21', old)).vi).toBeUndefined();
    expect(given.at(hour('2026-11-21', old)).nv).toBeUndefined();
  });

  it('counts each visitor of an hour once, in whatever order its views come', () => {
    const given = new GivenSite();
    const at = [7, 3, 65, 5, 61, 59];
    for (const [n, minute] of at.entries()) {
      given.receive(recordOf({ receivedAt: noon + 2 * hourMs, n, events: [view(2 * hourMs - minute * minuteMs)] }));
    }
    expect(given.at(hour('2026-11-23', noon))).toMatchObject({ pv: 4, vi: 1, nv: 1 });
    expect(given.at(hour('2026-11-23', noon + hourMs))).toMatchObject({ pv: 2, vi: 1 });
  });
});
