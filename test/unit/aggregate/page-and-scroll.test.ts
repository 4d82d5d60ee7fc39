import { describe, expect, it } from 'vitest';
import { pageKey } from '../../../functions/contract/counter.ts';
import { kind } from '../../../functions/contract/event.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { minuteMs } from '../../../functions/contract/time-unit.ts';
import { elementOf, epoch, GivenSite, pageOf, recordOf, site, view } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const page = (path: string, day = '2026-11-23') => pageKey(epoch, site, day, nameId(path));

describe('pages', () => {
  it('count views and a visitor once a day each, with what is known of the page', () => {
    const given = new GivenSite();
    const pages = [pageOf('/about', { rawPath: '/about/', title: 'About us' })];
    for (const n of [0, 1]) given.receive(recordOf({ receivedAt: noon + n * minuteMs, n, pages, events: [view()] }));
    expect(given.at(page('/about'))).toMatchObject({ pv: 2, vi: 1, vd: 2 });
    expect(given.textsAt(page('/about'))).toEqual({ p: '/about', t: 'About us', u: 'http://localhost:8081/about/' });
  });

  it('sum engaged time, and how much the first screen shows', () => {
    const given = new GivenSite();
    const pages = [pageOf('/', { viewportHeight: 600, documentHeight: 2400 }), pageOf('/short', { documentHeight: 0 })];
    given.receive(recordOf({ receivedAt: noon, pages, events: [view(0, 0), view(0, 1), [kind.engaged, 0, 0, 1500]] }));
    given.receive(recordOf({ receivedAt: noon, n: 1, pages, events: [[kind.engaged, 0, 0, 500]] }));
    expect(given.at(page('/'))).toMatchObject({ en: 2000, fd: 250 });
    expect(given.at(page('/short'))).toMatchObject({ fd: 1000 });
  });

  it('beyond those admitted count under (other), without their elements', () => {
    const given = new GivenSite({ refused: ['/x', '/y'] });
    const elements = [elementOf('#buy')];
    const events = [view(), [kind.click, 0, 0, 0, 0, 0] as never];
    given.receive(recordOf({ receivedAt: noon, pages: [pageOf('/x')], elements, events }));
    given.receive(recordOf({ receivedAt: noon, n: 1, pages: [pageOf('/y')], elements, events }));
    expect(given.at(page('(other)'))).toMatchObject({ pv: 2, vi: 1 });
    expect(given.textsAt(page('(other)'))).toEqual({ p: '(other)' });
    expect([...given.items.keys()].filter((key) => key.includes('|element|'))).toEqual([]);
  });

  it('are counted on the day that it is at the site', () => {
    const given = new GivenSite({ zone: 'America/New_York' });
    given.receive(recordOf({ receivedAt: Date.parse('2026-11-24T02:00:00Z'), events: [view()] }));
    expect(given.at(page('/', '2026-11-23'))).toMatchObject({ pv: 1, vi: 1 });
  });
});

describe('scroll', () => {
  it('counts each band that was reached, and the time in view, per device class', () => {
    const given = new GivenSite();
    const pages = [pageOf('/'), pageOf('/', { viewportWidth: 390 })];
    given.receive(
      recordOf({
        receivedAt: noon,
        pages,
        events: [
          [kind.reach, 0, 0, 0, 2],
          [kind.reach, 0, 0, 3, 3],
          [kind.reach, 0, 1, 0, 19],
          [kind.bands, 0, 0, [0, 400, 3, 150]],
          [kind.bands, 0, 0, [0, 100]],
        ],
      }),
    );
    const counted = given.at(page('/'));
    expect(counted).toMatchObject({ rd0: 1, rd1: 1, rd2: 1, rd3: 1, rm0: 1, rmj: 1, md0: 500, md3: 150 });
    expect(counted.rd4).toBeUndefined();
  });
});
