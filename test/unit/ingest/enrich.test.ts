import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kind } from '../../../functions/contract/event.ts';
import { defaultPathRules } from '../../../functions/contract/site.ts';
import { type Enrichment, enrich } from '../../../functions/ingest/enrich.ts';
import { decodeRecord, encodeRecord } from '../../../functions/stream/record.ts';
import { batchFixture, siteFixture } from './batch-fixture.ts';

const facts: Enrichment = {
  visitor: 'fedcba9876543210',
  origin: 'https://shop.example',
  country: 'CH',
  browser: 'Chrome',
  os: 'Linux',
  receivedAt: 1_800_000_000_000,
};

describe('the record of a batch', () => {
  it('names site, version of its configuration, visitor, load and number', () => {
    const record = enrich(batchFixture({ n: 7 }), siteFixture({ version: 3 }), facts);
    expect(record).toMatchObject({
      v: 1,
      site: 'demo',
      config: 3,
      visitor: 'fedcba9876543210',
      load: '0123456789abcdef',
      n: 7,
      receivedAt: 1_800_000_000_000,
      country: 'CH',
      language: 'de',
    });
  });

  it('counts ages from receipt, not from the making of the batch', () => {
    const { x } = batchFixture();
    const record = enrich(batchFixture({ t: 1_000, s: 31_000 }), siteFixture(), facts);
    expect(record.events.map((event) => event[1])).toEqual(x.map((event) => event[1] + 30_000));
    expect(record.events.map(([, , ...rest]) => rest)).toEqual(x.map(([, , ...rest]) => rest));
  });

  it('has each page once as the browser had it and once as the site counts it', () => {
    const site = siteFixture({ pathRules: { ...defaultPathRules, patterns: ['/product/:id'] } });
    const utm = ['news', 'mail', '', '', ''];
    const batch = batchFixture({
      p: [
        ['/product/7/?a=1', 'Seven', 'https://www.search.example/q', 1024, 700, 2000, utm],
        ['/', 'Home', 'https://shop.example/product/7', 599, 800, 4000, ['', '', '', '', '']],
      ],
    });
    expect(enrich(batch, site, facts).pages).toEqual([
      {
        path: '/product/:id',
        rawPath: '/product/7/',
        title: 'Seven',
        device: 'desktop',
        viewportWidth: 1024,
        viewportHeight: 700,
        documentHeight: 2000,
        referrer: 'search.example',
        utm,
      },
      {
        path: '/',
        rawPath: '/',
        title: 'Home',
        device: 'mobile',
        viewportWidth: 599,
        viewportHeight: 800,
        documentHeight: 4000,
        referrer: '',
        utm: [],
      },
    ]);
  });

  it('has no token, write key or clock of the visitor', () => {
    const text = JSON.stringify(enrich(batchFixture({ i: 'sealed-token', k: 'the-write-key' }), siteFixture(), facts));
    for (const part of ['sealed-token', 'the-write-key', '1700000000']) expect(text).not.toContain(part);
  });

  it('comes out of the stream as it went in, whatever the paths', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.string({ maxLength: 600 }), (path, odd) => {
        const batch = batchFixture({
          p: [
            [path, odd.slice(0, 200), '', 1280, 720, 3000, []],
            [odd, '', '', 1, 1, 1, []],
          ],
          x: [[kind.view, 0, 1, 0]],
        });
        const record = enrich(batch, siteFixture(), facts);
        expect(decodeRecord(encodeRecord(record))).toEqual({ ok: true, record });
      }),
    );
  });
});
