import { describe, expect, it } from 'vitest';
import { type ClickEvent, kind, type MoveEvent, type ViewEvent } from '../../../functions/contract/event.ts';
import type { RecordPage, StreamRecord } from '../../../functions/contract/record.ts';
import { isOwnAddress, withoutLeftOut } from '../../../functions/ingest/left-out.ts';
import { siteFixture } from './batch-fixture.ts';

const page = (path: string) => ({ path }) as RecordPage;
const element = (of: number, key: string) => ({ page: of, key }) as StreamRecord['elements'][number];
const view = (of: number): ViewEvent => [kind.view, 0, of, 0];
const click = (of: number): ClickEvent => [kind.click, 0, of, 7, 8, 0];
const move = (of: number): MoveEvent => [kind.move, 0, of, 7, 8, 100, 0];

const record = {
  load: '00000000000000ff',
  pages: [page('/admin'), page('/shop'), page('/admin/users'), page('/account/7')],
  elements: [element(0, '#save'), element(1, '#buy'), element(3, '#edit')],
  events: [view(0), click(0), view(1), click(1), move(1), view(2), view(3), click(2)],
} as StreamRecord;
const site = (paths: string[], movesSampledPercent = 100) =>
  siteFixture({ exclusions: { paths, networks: [] }, movesSampledPercent });

describe('what a site leaves out of a record', () => {
  it('is nothing, where its settings name nothing', () => {
    expect(withoutLeftOut(record, siteFixture())).toBe(record);
    expect(withoutLeftOut(record, site(['/elsewhere', '/shop/*']))).toBe(record);
  });

  it('are pages like a pattern, with their elements and events; the others keep theirs', () => {
    const left = withoutLeftOut(record, site(['/admin', '/admin/*', '/account/:id']));
    expect(left).toMatchObject({
      pages: [page('/shop')],
      elements: [element(0, '#buy')],
      events: [view(0), click(0), move(0)],
    });
    expect(JSON.stringify(left)).not.toMatch(/admin|account|save|edit/);
    expect(withoutLeftOut(record, site(['/admin']))?.events).toEqual([
      view(0),
      click(0),
      move(0),
      view(1),
      view(2),
      click(1),
    ]);
  });

  it('is the whole of it where nothing is left', () => {
    expect(withoutLeftOut({ ...record, events: [view(0), click(0)] }, site(['/admin']))).toBeNull();
  });

  it('are movements of the loads that are not in the sample, and of the same ones each time', () => {
    const kinds = (percent: number, load = record.load) =>
      withoutLeftOut({ ...record, load }, site([], percent))?.events.filter(([of]) => of === kind.move).length;
    // 0xff % 100 = 55.
    expect([kinds(100), kinds(56), kinds(55), kinds(0)]).toEqual([1, 1, 0, 0]);
    const loads = Array.from({ length: 2_000 }, (_, n) => (n * 2_654_435_761).toString(16).padStart(16, '0'));
    const share = loads.filter((load) => kinds(30, load) === 1).length / loads.length;
    expect(Math.abs(share - 0.3)).toBeLessThan(0.03);
  });

  it('are visits from its own networks', () => {
    const own = siteFixture({
      exclusions: { paths: [], networks: ['203.0.113.0/24', '2001:db8::/32', '198.51.100.7'] },
    });
    const is = (address: string) => isOwnAddress(address, own);
    expect(['203.0.113.9', '2001:db8:1::5', '198.51.100.7', '::ffff:203.0.113.9'].map(is)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['203.0.114.9', '2001:db9::1', '198.51.100.8', '', 'unknown'].map(is)).toEqual(Array(5).fill(false));
    expect(isOwnAddress('203.0.113.9', siteFixture())).toBe(false);
  });

  it('are more moves in a month whose budget is spent, and no more than then', () => {
    const lowered = { month: '2026-11', movesPercent: 0 };
    const at = (day: string) => {
      const whole = { ...record, receivedAt: Date.parse(`${day}T12:00:00Z`) };
      return withoutLeftOut(whole, siteFixture({ lowered }))?.events.filter(([what]) => what === kind.move).length;
    };
    expect([at('2026-11-30'), at('2026-12-01')]).toEqual([0, 1]);
  });
});
