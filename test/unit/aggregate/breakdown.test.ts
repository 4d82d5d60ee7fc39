import { describe, expect, it } from 'vitest';
import { viewportClass } from '../../../functions/aggregate/small-value.ts';
import { hourKey, type OpenDimension, valueKey } from '../../../functions/contract/counter.ts';
import { kind } from '../../../functions/contract/event.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { hourMs } from '../../../functions/contract/time-unit.ts';
import { epoch, GivenSite, pageOf, recordOf, site, view } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const day = '2026-11-23';
const value = (dimension: OpenDimension, text: string) => valueKey(epoch, site, day, dimension, nameId(text));

describe('small breakdowns', () => {
  it('count views by hour, and a visitor once a day with each value', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view(), view()] }));
    given.receive(recordOf({ receivedAt: noon + hourMs, n: 1, events: [view()], browser: 'Chrome' }));
    const first = given.at(hourKey(epoch, site, day, noon));
    expect(first).toMatchObject({ 'c:DE:p': 2, 'c:DE:v': 1, 'b:Firefox:v': 1, 'o:Linux:p': 2, 'd:desktop:p': 2 });
    expect(first).toMatchObject({ 'l:de:p': 2, 'w:1280-1535:p': 2 });
    const second = given.at(hourKey(epoch, site, day, noon + hourMs));
    expect(second).toMatchObject({ 'c:DE:p': 1, 'b:Chrome:p': 1, 'b:Chrome:v': 1 });
    expect(second['c:DE:v']).toBeUndefined();
  });

  it('leave out what is unknown, and count under (other) what has no slot', () => {
    const given = new GivenSite({ refused: ['zz'] });
    given.receive(recordOf({ receivedAt: noon, events: [view()], country: '', language: 'zz' }));
    const counted = given.at(hourKey(epoch, site, day, noon));
    expect(Object.keys(counted).filter((name) => name.startsWith('c:'))).toEqual([]);
    expect(counted).toMatchObject({ 'l:(other):p': 1, 'l:(other):v': 1 });
  });

  it.each([
    [320, '0-359'],
    [390, '360-413'],
    [600, '600-767'],
    [1023, '768-1023'],
    [1024, '1024-1279'],
    [3840, '2560+'],
    [-5, '0-359'],
  ])('class a viewport of %i px as %s', (width, name) => {
    expect(viewportClass(width)).toBe(name);
  });
});

describe('open breakdowns', () => {
  it('count the views that came with a value', () => {
    const given = new GivenSite();
    const pages = [pageOf('/', { referrer: 'news.example', utm: ['mail', '', 'spring', '', ''] })];
    given.receive(recordOf({ receivedAt: noon, pages, events: [view(), view()] }));
    for (const [dimension, text] of [
      ['referrer', 'news.example'],
      ['utm_source', 'mail'],
      ['utm_campaign', 'spring'],
    ] as const) {
      expect(given.at(value(dimension, text))).toEqual({ pv: 2, vi: 1 });
      expect(given.textsAt(value(dimension, text))).toEqual({ v: text });
    }
    expect(given.at(value('utm_medium', ''))).toEqual({});
  });

  it('count how often something happened, and by how many visitors', () => {
    const given = new GivenSite();
    given.receive(
      recordOf({
        receivedAt: noon,
        events: [
          [kind.outbound, 0, 0, 'https://a.example/'],
          [kind.outbound, 0, 0, 'https://a.example/'],
          [kind.download, 0, 0, 'https://a.example/a.zip'],
          [kind.custom, 0, 0, 'signup', { plan: 'pro', seats: 3 }],
        ],
      }),
    );
    expect(given.at(value('outbound', 'https://a.example/'))).toEqual({ n: 2, vi: 1 });
    expect(given.at(value('download', 'https://a.example/a.zip'))).toEqual({ n: 1, vi: 1 });
    for (const text of ['signup', 'signup · plan=pro', 'signup · seats=3']) {
      expect(given.at(value('event', text))).toEqual({ n: 1, vi: 1 });
    }
  });

  it('count what is beyond the admitted values under (other), which is one value', () => {
    const given = new GivenSite({ refused: ['a.example', 'b.example'] });
    for (const [n, referrer] of ['a.example', 'b.example'].entries()) {
      given.receive(recordOf({ receivedAt: noon, n, pages: [pageOf('/', { referrer })], events: [view()] }));
    }
    expect(given.at(value('referrer', '(other)'))).toEqual({ pv: 2, vi: 1 });
  });

  it('stop counting visitors per value, but not the value, beyond what one visitor is remembered by', () => {
    const given = new GivenSite();
    for (let n = 0; n < 100; n++) {
      given.receive(recordOf({ receivedAt: noon, n, events: [[kind.custom, 0, 0, `event ${n}`, {}]] }));
    }
    const counted = Array.from({ length: 100 }, (_, n) => given.at(value('event', `event ${n}`)));
    expect(counted.every(({ n }) => n === 1)).toBe(true);
    expect(counted.filter(({ vi }) => vi === 1)).toHaveLength(64);
  });
});
