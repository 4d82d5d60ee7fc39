import { describe, expect, it } from 'vitest';
import {
  bandName,
  countersPerUpdateMax,
  itemBytesMax,
  pageDeviceName,
  pageKey,
  pageName,
  pageText,
  vitalName,
} from '../../../functions/contract/counter.ts';
import {
  kind,
  pathLengthMax,
  scrollBandCount,
  titleLengthMax,
  urlLengthMax,
} from '../../../functions/contract/event.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { devices } from '../../../functions/contract/record.ts';
import { minuteMs } from '../../../functions/contract/time-unit.ts';
import { vitalScales, vitals } from '../../../functions/contract/vital.ts';
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

describe('Web Vitals', () => {
  it('count a load in one bucket each, edges included, per device class; and nothing of what a browser does not tell', () => {
    const given = new GivenSite();
    const pages = [pageOf('/'), pageOf('/', { viewportWidth: 390 })];
    given.receive(
      recordOf({
        receivedAt: noon,
        pages,
        events: [view(), [kind.vitals, 0, 0, 2_500, 200, 1_000], [kind.vitals, 0, 1, 2_501, null, 1_001]],
      }),
    );
    given.receive(recordOf({ receivedAt: noon, n: 1, pages, events: [[kind.vitals, 0, 0, 0, null, 0]] }));
    given.receive(recordOf({ receivedAt: noon, n: 2, pages, events: [[kind.vitals, 0, 0, 3_600_000, 2_500, 9_000]] }));
    const counted = Object.entries(given.at(page('/'))).filter(([name]) => /^[lic][dtm]/.test(name));
    expect(Object.fromEntries(counted)).toEqual({
      ...{ ld0: 1, ld4: 1, ld9: 1, lm5: 1 },
      ...{ id3: 1, id9: 1 },
      ...{ cd0: 1, cd4: 1, cd9: 1, cm5: 1 },
    });
  });

  it('are told as a page goes: they begin no session', () => {
    const given = new GivenSite();
    const { increments } = given.receive(recordOf({ receivedAt: noon, events: [[kind.vitals, 0, 0, 900, 8, 0]] }));
    expect(increments.map(({ key }) => key)).toContainEqual(page('/'));
    expect(increments.filter(({ key }) => /\|(hour|session)\|/.test(key.pk))).toEqual([]);
  });

  it('leave a page item within its bound, whatever else is counted of the page, as long as its texts are ASCII', () => {
    const names: string[] = Object.values(pageName);
    for (const device of devices) {
      names.push(pageDeviceName(device, 'v'), pageDeviceName(device, 'f'));
      for (let band = 0; band < scrollBandCount; band++) {
        names.push(bandName(device, band, 'r'), bandName(device, band, 'm'));
      }
      for (const vital of vitals) {
        for (let bucket = 0; bucket <= vitalScales[vital].edges.length; bucket++) {
          names.push(vitalName(device, vital, bucket));
        }
      }
    }
    expect(new Set(names).size).toBe(names.length);
    expect(names.length + Object.keys(pageText).length).toBeLessThanOrEqual(countersPerUpdateMax);
    // A number takes a byte for two digits, and one more: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
    const counters = names.reduce((sum, name) => sum + name.length + (name.startsWith('m') ? 6 : 4), 0);
    const texts = 3 + pathLengthMax + 3 * titleLengthMax + urlLengthMax;
    const keys = 'pk'.length + 'sk'.length + page('/').pk.length + page('/').sk.length;
    const guards = 8 * 32;
    expect(counters + texts + keys + guards).toBeLessThan(itemBytesMax);
  });
});
