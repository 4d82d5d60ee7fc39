import { kind } from '../../functions/contract/event.ts';
import type { StreamRecord } from '../../functions/contract/record.ts';
import { origin, site } from './catalog.ts';
import { Random } from './random.ts';

/** A record as ingest writes it, of a visitor whom nobody else is. */
export function earlyRecord(seed: number, receivedAt: number): StreamRecord {
  const random = new Random(seed).fork(`early ${receivedAt}`);
  const page = { path: '/pricing', rawPath: '/pricing/', title: 'Pricing', referrer: '', utm: [] };
  const screen = { device: 'desktop', viewportWidth: 1_280, viewportHeight: 800, documentHeight: 900 } as const;
  return {
    v: 1,
    site,
    config: 0,
    visitor: random.hex(16),
    load: random.hex(16),
    n: 0,
    receivedAt,
    origin,
    country: 'AT',
    browser: 'Chrome',
    os: 'Linux',
    language: 'de',
    pages: [{ ...page, ...screen }],
    elements: [],
    events: [
      [kind.view, 400, 0, 0],
      [kind.engaged, 100, 0, 300],
    ],
  };
}
