import { type Batch, kind } from '../../../functions/contract/event.ts';
import { defaultPathRules, type SiteConfig } from '../../../functions/contract/site.ts';

/** A small batch as a page sends it: one page, one element, an event of every kind. Changed by `changes`. */
export function batchFixture(changes: Partial<Batch> = {}): Batch {
  return {
    v: 1,
    k: 'demo',
    l: '0123456789abcdef',
    n: 0,
    t: 1_700_000_000_000,
    s: 1_700_000_000_040,
    o: 'https://shop.example',
    g: 'de-CH',
    p: [['/pricing', 'Pricing', 'https://www.search.example/find', 1280, 720, 3000, []]],
    e: [[0, '#buy', 'Buy', 10, 20, 120, 40, 1]],
    x: [
      [kind.view, 900, 0, 0],
      [kind.click, 800, 0, 2048, 1024, 1],
      [kind.rage, 700, 0, 2048, 1024, 3],
      [kind.move, 600, 0, 100, 200, 350, 420],
      [kind.hover, 500, 0, 4095, 0, 1200, 1],
      [kind.reach, 400, 0, 0, 4],
      [kind.bands, 300, 0, [0, 5000, 1, 2500]],
      [kind.engaged, 200, 0, 5000],
      [kind.heartbeat, 150, 0],
      [kind.hide, 100, 0],
      [kind.show, 90, 0],
      [kind.outbound, 80, 0, 'https://partner.example/offer'],
      [kind.download, 70, 0, 'https://shop.example/list.pdf'],
      [kind.custom, 60, 0, 'signup', { plan: 'pro', seats: 3, trial: true }],
      [kind.leave, 0, 0],
    ],
    ...changes,
  };
}

export function siteFixture(changes: Partial<SiteConfig> = {}): SiteConfig {
  return {
    site: 'demo',
    version: 1,
    name: 'Demo',
    zone: 'Europe/Zurich',
    origins: ['https://shop.example'],
    pathRules: defaultPathRules,
    watchedRequestsPerSecondMax: 50,
    ...changes,
  };
}

export const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
