import { describe, expect, it } from 'vitest';
import { kind } from '../../../functions/contract/event.ts';
import { failedKey, failedText, redrivenKey } from '../../../functions/contract/failed.ts';
import { grantKey } from '../../../functions/sites/grant-key.ts';
import { encodeRecord } from '../../../functions/stream/record.ts';
import { recordOf, view } from '../aggregate/given.ts';
import { type DemoApi, demoApi, now } from './demo-api.ts';

interface Failure {
  site?: string;
  reason?: string;
  message?: string;
  data?: Uint8Array;
}
let position = 100;

async function fail({ ports }: DemoApi, failure: Failure, moved = false): Promise<void> {
  position += 1;
  const record = {
    site: 'demo',
    at: now - 1_000 + position,
    shardId: 'shardId-000000000000',
    sequenceNumber: String(position),
    reason: 'unknown-config',
    message: 'site demo has no configuration of version 9',
    data: encodeRecord(recordOf({ receivedAt: now, config: 9, events: [view(), view(), [kind.engaged, 0, 0, 5]] })),
    ...failure,
  };
  const key = moved ? redrivenKey(failedKey(record)) : failedKey(record);
  await ports.archive.put(key, Buffer.from(failedText(record)), 'application/json');
}

describe('GET /health', () => {
  it('is all zero where nothing failed', async () => {
    const { json } = await (await demoApi()).ask('/v1/sites/demo/health');
    const none = { records: 0, isMore: false, reasons: [] };
    expect(json).toEqual({
      failed: none,
      unattributed: none,
      redriven: none,
      samples: [],
      refused: { since: '2026-11-22', site: [], unknown: [] },
    });
  });

  it('counts what failed by reason, apart from what tells no site and what was played again', async () => {
    const api = await demoApi();
    await fail(api, {});
    await fail(api, {});
    await fail(api, { reason: 'not-folded', message: 'Error: oh' });
    await fail(api, { site: 'other' });
    await fail(api, { site: 'unknown', reason: 'not-json', data: Buffer.from('x') });
    await fail(api, {}, true);
    const { json } = await api.ask('/v1/sites/demo/health');
    expect(json.failed).toEqual({
      records: 3,
      isMore: false,
      reasons: [
        { reason: 'unknown-config', records: 2 },
        { reason: 'not-folded', records: 1 },
      ],
    });
    expect(json.unattributed.reasons).toEqual([{ reason: 'not-json', records: 1 }]);
    expect(json.redriven.records).toBe(1);
  });

  it('shows the newest few in outline, and nothing that is about a visitor', async () => {
    const api = await demoApi();
    for (let count = 0; count < 12; count++) await fail(api, {});
    await fail(api, { message: 'Error: path "/users/ada@example.org" of visitor 00000000000000aa' });
    const response = await api.ask('/v1/sites/demo/health');
    const { samples } = response.json;
    expect(samples).toHaveLength(10);
    expect(samples[0]).toMatchObject({
      sequenceNumber: String(position),
      message: 'Error: path "…" of visitor …',
      config: 9,
      events: [
        { kind: 'view', count: 2 },
        { kind: 'engaged', count: 1 },
      ],
    });
    expect(response.body).not.toMatch(/ada|00000000000000a|Firefox|Title of|localhost:8081/);
  });

  it('tells what was refused since yesterday, for the site and for no site', async () => {
    const api = await demoApi();
    const { refusals } = api.ports;
    await refusals.add('demo', '2026-11-22', [{ code: 'foreign-origin', batches: 2, sample: 'old' }]);
    await refusals.add('demo', '2026-11-23', [{ code: 'foreign-origin', batches: 1, sample: 'new' }]);
    await refusals.add('unknown', '2026-11-23', [{ code: 'bad-json', batches: 4, sample: 'the body' }]);
    const { json } = await api.ask('/v1/sites/demo/health');
    expect(json.refused).toEqual({
      since: '2026-11-22',
      site: [{ code: 'foreign-origin', batches: 3, sample: 'new' }],
      unknown: [{ code: 'bad-json', batches: 4, sample: 'the body' }],
    });
  });

  it('tells whoever may only read nothing of what is the whole deployment’s', async () => {
    const api = await demoApi();
    await grantKey(api.ports.access, 'demo', 'reader', { label: 'Reader', scope: 'read', createdAt: now });
    await fail(api, { site: 'unknown', reason: 'not-json', data: Buffer.from('x') });
    await api.ports.refusals.add('unknown', '2026-11-23', [{ code: 'unknown-key', batches: 4, sample: 'the key' }]);
    await api.ports.refusals.add('demo', '2026-11-23', [{ code: 'foreign-origin', batches: 1, sample: 'new' }]);
    const owners = (await api.ask('/v1/sites/demo/health')).json;
    expect([owners.unattributed.records, owners.samples.length, owners.refused.unknown.length]).toEqual([1, 1, 1]);
    const readers = (await api.ask('/v1/sites/demo/health', { key: 'reader' })).json;
    expect([readers.unattributed.records, readers.samples, readers.refused.unknown]).toEqual([0, [], []]);
    expect(readers.refused.site).toHaveLength(1);
  });

  it('is for the site’s own keys', async () => {
    const { ask } = await demoApi();
    expect((await ask('/v1/sites/demo/health', { key: 'key-of-other' })).statusCode).toBe(403);
  });
});
