import { describe, expect, it, vi } from 'vitest';
import { type Batch, kind } from '../../../functions/contract/event.ts';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import type { Watch } from '../../../functions/contract/watch.ts';
import { memorySaltStore } from '../../../functions/identity/salt-store.memory.ts';
import { memorySecretStore } from '../../../functions/identity/secret-store.memory.ts';
import { Identifier } from '../../../functions/ingest/identify.ts';
import { Ingest, type IngestOutcome, type IngestRequest } from '../../../functions/ingest/ingest.ts';
import { memorySiteStore } from '../../../functions/sites/site-store.memory.ts';
import { decodeRecord } from '../../../functions/stream/record.ts';
import { memoryStreamWriter } from '../../../functions/stream/stream-writer.memory.ts';
import { batchFixture, chrome, siteFixture } from './batch-fixture.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const hour = 3_600_000;

async function setUp() {
  const sites = memorySiteStore();
  await sites.save(siteFixture({ origins: ['https://shop.example', 'http://localhost:*'] }));
  await sites.addWriteKey('demo', 'demo');
  let made = 0;
  const random = (byteCount: number) => new Uint8Array(byteCount).fill(++made);
  const stream = memoryStreamWriter();
  const byWriteKey = vi.spyOn(sites, 'byWriteKey');
  const watchOf = vi.fn(async (): Promise<Watch> => ({ watched: true, everyMs: 2_000 }));
  const identifier = new Identifier(memorySaltStore(random), memorySecretStore(random), random);
  const admit = vi.fn(async (): Promise<number | null> => null);
  const ingest = new Ingest({ sites, connections: { watchOf }, identifier, stream, limit: { admit } });
  const records = () =>
    stream.written.map(({ data }) => {
      const decoded = decodeRecord(data);
      if (!decoded.ok) throw new Error(decoded.message);
      return decoded.record as StreamRecord;
    });
  return { sites, stream, byWriteKey, watchOf, admit, ingest, records };
}

function request(changes: Partial<Batch> = {}, other: Partial<IngestRequest> = {}): IngestRequest {
  return {
    body: JSON.stringify(batchFixture(changes)),
    isBase64: false,
    origin: 'https://shop.example',
    viewer: { address: '203.0.113.9', userAgent: chrome, country: 'CH' },
    ...other,
  };
}

const tokenOf = (outcome: IngestOutcome) => (outcome.what === 'accepted' ? outcome.answer.token : undefined);
const codeOf = (outcome: IngestOutcome) => (outcome.what === 'rejected' ? outcome.rejection.code : outcome.what);

describe('what the site’s settings say', () => {
  it('leaves its own people out: they are told what everybody is, and nothing is stored', async () => {
    const { ingest, sites, stream } = await setUp();
    await sites.edit('demo', (config) => ({
      config: { ...config, exclusions: { paths: [], networks: ['203.0.113.0/24'] } },
    }));
    const outcome = await ingest.receive(request(), noon);
    expect(outcome).toMatchObject({ what: 'left-out', answer: { watched: false } });
    expect(stream.written).toEqual([]);
    const viewer = { address: '198.51.100.1', userAgent: chrome, country: 'CH' };
    expect(codeOf(await ingest.receive(request({}, { viewer }), noon))).toBe('accepted');
  });

  it('brings a time zone at its midnight, under the version that was stored for it', async () => {
    const { ingest, sites, records } = await setUp();
    const from = noon + hour;
    const edited = await sites.edit('demo', (config) => ({ config, upcoming: { zone: 'Asia/Tokyo', from } }));
    const send = (n: number, at: number) => ingest.receive(request({ n, t: at, s: at }), at);
    await send(0, from - 1);
    await send(1, from);
    expect(records().map(({ config }) => config)).toEqual([edited?.version, edited?.upcoming?.version]);
    expect(await sites.version('demo', edited?.upcoming?.version ?? 0)).toMatchObject({ zone: 'Asia/Tokyo' });
  });
});

describe('a good batch', () => {
  it('becomes one record under its visitor, and the answer says whether somebody looks', async () => {
    const { ingest, stream, records } = await setUp();
    const outcome = await ingest.receive(request(), noon);
    expect(outcome).toMatchObject({
      what: 'accepted',
      answer: { watched: true, everyMs: 2_000 },
      origin: 'https://shop.example',
      eventCount: 15,
      batch: expect.stringMatching(/^[0-9a-f]{12}:\d+$/),
    });
    const [record] = records();
    expect(record).toMatchObject({ site: 'demo', receivedAt: noon, country: 'CH', browser: 'Chrome', os: 'Linux' });
    expect(stream.written.map(({ partitionKey }) => partitionKey)).toEqual([`demo:${record?.visitor}`]);
  });

  it('leaves no address, agent or key on the stream', async () => {
    const { ingest, stream } = await setUp();
    await ingest.receive(request({}, { viewer: { address: '203.0.113.9', userAgent: chrome, country: '' } }), noon);
    const bytes = Buffer.from(stream.written[0]?.data ?? []).toString();
    for (const part of ['203.0.113', 'Mozilla', 'AppleWebKit', '"k"']) expect(bytes).not.toContain(part);
  });

  it('is taken from a sender without an Origin header by what the batch says', async () => {
    const { ingest, records } = await setUp();
    const { what } = await ingest.receive(request({ o: 'http://localhost:8081' }, { origin: undefined }), noon);
    expect([what, records()[0]?.origin]).toEqual(['accepted', 'http://localhost:8081']);
  });

  it('is recorded under the origin that the browser named, not the one it claims', async () => {
    const { ingest, records } = await setUp();
    await ingest.receive(request({ o: 'https://evil.example' }), noon);
    expect(records()[0]?.origin).toBe('https://shop.example');
  });

  it('is accepted although nobody can tell whether somebody looks', async () => {
    const { ingest, watchOf, records } = await setUp();
    vi.spyOn(console, 'error').mockImplementation(() => {});
    watchOf.mockRejectedValue(new Error('throttled'));
    const outcome = await ingest.receive(request(), noon);
    expect(outcome).toMatchObject({ what: 'accepted', answer: { watched: false } });
    expect(records()).toHaveLength(1);
    vi.restoreAllMocks();
  });
});

describe('who is refused', () => {
  it.each<[string, Partial<Batch>, Partial<IngestRequest>, string]>([
    ['an unknown key', { k: 'nobody' }, {}, 'unknown-key'],
    ['a foreign page', {}, { origin: 'https://evil.example' }, 'foreign-origin'],
    [
      'a foreign page whose batch claims otherwise',
      { o: 'https://shop.example' },
      { origin: 'https://evil.example' },
      'foreign-origin',
    ],
    ['a sandboxed page', { o: 'null' }, { origin: 'null' }, 'foreign-origin'],
    ['a server that claims a foreign page', { o: 'https://evil.example' }, { origin: undefined }, 'foreign-origin'],
    ['bad input', { v: 99 }, {}, 'bad-version'],
  ])('%s: %s', async (_who, changes, other, code) => {
    const { ingest, stream } = await setUp();
    expect(codeOf(await ingest.receive(request(changes, other), noon))).toBe(code);
    expect(stream.written).toEqual([]);
  });

  it('a bot: it is told what everybody is told, and nothing is written', async () => {
    const { ingest, stream } = await setUp();
    const viewer = { address: '203.0.113.9', userAgent: 'Googlebot/2.1', country: '' };
    const outcome = await ingest.receive(request({}, { viewer }), noon);
    expect(outcome).toMatchObject({
      what: 'bot',
      answer: { watched: false },
      eventCount: 15,
      site: 'demo',
      code: 'bot',
    });
    expect(tokenOf(outcome)).toBeUndefined();
    expect(stream.written).toEqual([]);
  });
});

describe('a write key', () => {
  it('writes to its own site alone, whatever the batch says', async () => {
    const { ingest, sites, records } = await setUp();
    await sites.save(siteFixture({ site: 'other', origins: ['https://shop.example'] }));
    await sites.addWriteKey('other', 'key-of-other');
    const body = JSON.stringify({ ...batchFixture({ k: 'key-of-other' }), site: 'demo', sites: ['demo'] });
    await ingest.receive(request({}, { body }), noon);
    expect(records().map(({ site }) => site)).toEqual(['other']);
    await expect(sites.addWriteKey('demo', 'key-of-other')).rejects.toThrow('belongs to another site');
  });

  it('that is over its limit is told when to come again, and nothing is written', async () => {
    const { ingest, admit, stream } = await setUp();
    admit.mockResolvedValueOnce(7);
    const outcome = await ingest.receive(request(), noon);
    expect(outcome).toMatchObject({ what: 'rejected', site: 'demo', retryAfterS: 7, rejection: { status: 429 } });
    expect(admit).toHaveBeenCalledWith('demo', '0123456789abcdef', noon);
    expect(stream.written).toEqual([]);
  });

  it('is not used up by strangers and bots', async () => {
    const { ingest, admit } = await setUp();
    await ingest.receive(request({}, { origin: 'https://evil.example' }), noon);
    await ingest.receive(request({}, { viewer: { address: '203.0.113.9', userAgent: 'bot', country: '' } }), noon);
    expect(admit).not.toHaveBeenCalled();
  });
});

describe('one identity for a load', () => {
  const other = { address: '198.51.100.1', userAgent: chrome, country: '' };
  const tokenIn = (token: string | undefined) => ({ n: 1, i: token ?? '' });

  it('survives midnight and a change of network by the token', async () => {
    const { ingest, records } = await setUp();
    const first = await ingest.receive(request(), noon);
    const second = await ingest.receive(request(tokenIn(tokenOf(first)), { viewer: other }), noon + 24 * hour);
    expect(tokenOf(second)).toBeUndefined();
    const [before, after] = records();
    expect(after?.visitor).toBe(before?.visitor);
  });

  it('is another without it, on another day or from another address', async () => {
    const { ingest, records } = await setUp();
    await ingest.receive(request(), noon);
    await ingest.receive(request({}, { viewer: other }), noon);
    await ingest.receive(request(), noon + 24 * hour);
    expect(new Set(records().map(({ visitor }) => visitor)).size).toBe(3);
  });

  it('is the same for two loads of the same day, address and agent', async () => {
    const { ingest, records } = await setUp();
    await ingest.receive(request(), noon);
    await ingest.receive(request({ l: 'aaaaaaaaaaaaaaaa' }), noon + 60_000);
    expect(records()[0]?.visitor).toBe(records()[1]?.visitor);
  });

  it('is not taken over from another load\u2019s token: a new one is sealed', async () => {
    const { ingest, records } = await setUp();
    const first = await ingest.receive(request(), noon);
    const changes = { ...tokenIn(tokenOf(first)), l: 'aaaaaaaaaaaaaaaa' };
    const second = await ingest.receive(request(changes, { viewer: other }), noon);
    expect(tokenOf(second)).toMatch(/^[\w-]{48}$/);
    expect(records()[0]?.visitor).not.toBe(records()[1]?.visitor);
  });

  it('turns with the site\u2019s own midnight', async () => {
    const { ingest, records } = await setUp();
    const midnight = Date.parse('2026-11-23T23:00:00Z'); // in Zurich
    for (const at of [midnight - hour, midnight - 1, midnight, midnight + hour]) await ingest.receive(request(), at);
    const visitors = records().map(({ visitor }) => visitor);
    expect(visitors[0]).toBe(visitors[1]);
    expect(visitors[2]).toBe(visitors[3]);
    expect(visitors[1]).not.toBe(visitors[2]);
  });
});

describe('when something fails', () => {
  it('the stream\u2019s failure reaches the caller, and the retry is the same record', async () => {
    const { ingest, stream, records } = await setUp();
    const put = vi.spyOn(stream, 'put').mockRejectedValueOnce(new Error('throttled'));
    await expect(ingest.receive(request(), noon)).rejects.toThrow('throttled');
    await ingest.receive(request(), noon + 2_000);
    expect(put).toHaveBeenCalledTimes(2);
    expect(records()).toHaveLength(1);
    expect(records()[0]).toMatchObject({ load: '0123456789abcdef', n: 0 });
  });

  it('a store\u2019s failure reaches the caller and is not remembered', async () => {
    const { ingest, byWriteKey } = await setUp();
    byWriteKey.mockRejectedValueOnce(new Error('down'));
    await expect(ingest.receive(request(), noon)).rejects.toThrow('down');
    expect(codeOf(await ingest.receive(request(), noon))).toBe('accepted');
  });
});

describe('what is read, and how often', () => {
  it('keys, known or not, at most each 5 s; the watch flag at most each second', async () => {
    const { ingest, byWriteKey, watchOf } = await setUp();
    for (const after of [0, 500, 999]) await ingest.receive(request(), noon + after);
    for (const after of [0, 4_999]) await ingest.receive(request({ k: 'nobody' }), noon + after);
    expect([byWriteKey.mock.calls.length, watchOf.mock.calls.length]).toEqual([2, 1]);
    await ingest.receive(request(), noon + 5_000);
    expect([byWriteKey.mock.calls.length, watchOf.mock.calls.length]).toEqual([3, 2]);
  });

  it('an edit of the site counts after 5 s, and the record names its version', async () => {
    const { ingest, sites, records } = await setUp();
    await ingest.receive(request(), noon);
    await sites.save(siteFixture({ origins: ['https://shop.example'], name: 'Renamed' }));
    await ingest.receive(request(), noon + 1_000);
    await ingest.receive(request(), noon + 6_000);
    expect(records().map(({ config }) => config)).toEqual([1, 1, 2]);
  });

  it('10,000 paths leave 10,000 records and nothing behind', async () => {
    const { ingest, records } = await setUp();
    for (let index = 0; index < 10_000; index++) {
      const p = batchFixture().p.map(([, ...rest]): Batch['p'][number] => [`/p${index}`, ...rest]);
      await ingest.receive(request({ n: index, p, e: [], x: [[kind.view, 0, 0, 0]] }), noon);
    }
    expect(new Set(records().map(({ pages }) => pages[0]?.path)).size).toBe(10_000);
  });
});
