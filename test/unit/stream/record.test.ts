import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import { enrich } from '../../../functions/ingest/enrich.ts';
import { decodeRecord, encodeRecord } from '../../../functions/stream/record.ts';
import { batchFixture, siteFixture } from '../ingest/batch-fixture.ts';

const record: StreamRecord = enrich(batchFixture(), siteFixture(), {
  visitor: 'fedcba9876543210',
  origin: 'https://shop.example',
  country: 'CH',
  browser: 'Chrome',
  os: 'Linux',
  receivedAt: 1_800_000_000_000,
});
const bytesOf = (text: string) => Buffer.from(text);
const changed = (changes: Record<string, unknown>) =>
  bytesOf(JSON.stringify({ ...JSON.parse(Buffer.from(encodeRecord(record)).toString()), ...changes }));

describe('a record', () => {
  it('comes out as it went in, every kind of event included', () => {
    expect(decodeRecord(encodeRecord(record))).toEqual({ ok: true, record });
  });

  it('comes out of a slice of a larger buffer, as a batch from the stream is handed over', () => {
    const bytes = encodeRecord(record);
    const larger = Buffer.concat([bytesOf('###'), bytes, bytesOf('###')]);
    expect(decodeRecord(larger.subarray(3, 3 + bytes.length))).toEqual({ ok: true, record });
  });

  it('is shorter than its plain JSON', () => {
    expect(encodeRecord(record).length).toBeLessThan(0.75 * JSON.stringify(record).length);
  });

  it('may be a tick', () => {
    const tick = { v: 1, tick: 'demo', receivedAt: 1_800_000_000_000 };
    expect(decodeRecord(encodeRecord(tick))).toEqual({ ok: true, record: tick });
  });
});

describe('what is no record is told by name', () => {
  it.each([
    ['nothing', bytesOf(''), 'not-json'],
    ['rubbish', Buffer.from([0xff, 0xfe, 0x00]), 'not-json'],
    ['a record that was cut off', Buffer.from(encodeRecord(record)).subarray(0, -5), 'not-json'],
    ['a list', bytesOf('[]'), 'not-a-record'],
    ['null', bytesOf('null'), 'not-a-record'],
    ['another format', changed({ v: 2 }), 'unknown-version'],
    ['no format', bytesOf('{}'), 'unknown-version'],
    ['a site that would break keys apart', changed({ s: 'a|b' }), 'bad-field'],
    ['a visitor that is no hash', changed({ w: 'me@a.example' }), 'bad-field'],
    ['a load that is missing', changed({ l: undefined }), 'bad-field'],
    ['a number that is text', changed({ n: '1' }), 'bad-field'],
    ['a receipt that is null', changed({ r: null }), 'bad-field'],
    ['a page that is text', changed({ p: ['/'] }), 'bad-field'],
    ['pages without end', changed({ p: Array(33).fill([]) }), 'bad-field'],
    ['an element of a page that is not there', changed({ p: [] }), 'bad-field'],
    ['an event that cannot be meant', changed({ x: [[1, 0, 9, 0, 0, 0]] }), 'bad-field'],
    ['a tick of no site', bytesOf('{"v":1,"tick":7,"r":1}'), 'bad-field'],
  ])('%s', (_what, bytes, code) => {
    expect(decodeRecord(bytes)).toMatchObject({ ok: false, code, message: expect.stringMatching(/\w{3}/) });
  });

  it('is never thrown over, and what is taken has all its fields', () => {
    const names = ['v', 's', 'c', 'w', 'l', 'n', 'r', 'o', 'f', 'p', 'e', 'x', 'tick'];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        const decoded = decodeRecord(changed({ [name]: value }));
        if (decoded.ok) expect(decodeRecord(encodeRecord(decoded.record))).toEqual(decoded);
        else expect(decoded.message).not.toBe('');
      }),
      { numRuns: 1_000 },
    );
  });
});
