import type { ArchiveStore } from '../archive/archive-store.ts';
import { kind as kinds } from '../contract/event.ts';
import { parseFailedKey, parseFailedText } from '../contract/failed.ts';
import type { FailedCount, FailedSample } from '../contract/health.ts';
import { decodeRecord } from '../stream/record.ts';
import { withoutValues } from '../stream/without-values.ts';

/** Looked at to count; each page of a thousand costs a call. */
const keysMax = 5_000;
const samplesMax = 10;

/** The keys of a site's records under `prefix`, oldest first, and what they come to. */
export async function countFailed(
  archive: Pick<ArchiveStore, 'keys'>,
  prefix: string,
  site: string,
): Promise<{ keys: string[]; count: FailedCount }> {
  const keys = await archive.keys(`${prefix}site=${site}/`, { limit: keysMax });
  const reasons = new Map<string, number>();
  for (const key of keys) {
    const reason = parseFailedKey(key)?.reason ?? 'unknown';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const rows = [...reasons].map(([reason, records]) => ({ reason, records }));
  rows.sort((one, other) => other.records - one.records || (one.reason < other.reason ? -1 : 1));
  return { keys, count: { records: keys.length, isMore: keys.length >= keysMax, reasons: rows } };
}

/** The newest of them, newest first. What is redriven meanwhile is left out. */
export async function sampleFailed(archive: Pick<ArchiveStore, 'get'>, keys: string[]): Promise<FailedSample[]> {
  const found = await Promise.all(keys.slice(-samplesMax).map((key) => archive.get(key)));
  return found
    .flatMap((bytes) => (bytes ? [sampleOf(Buffer.from(bytes).toString('utf8'))] : []))
    .sort((one, other) => other.at - one.at);
}

function sampleOf(text: string): FailedSample {
  const { at, reason, message, shardId, sequenceNumber, data } = parseFailedText(text);
  const decoded = decodeRecord(data);
  const record = decoded.ok && 'visitor' in decoded.record ? decoded.record : null;
  const counts = new Map<string, number>();
  for (const [code] of record?.events ?? []) counts.set(kindName(code), (counts.get(kindName(code)) ?? 0) + 1);
  return {
    at,
    reason,
    message: withoutValues(message),
    shardId,
    sequenceNumber,
    bytes: data.length,
    config: record?.config ?? null,
    events: [...counts].map(([kind, count]) => ({ kind, count })),
  };
}

function kindName(code: number): string {
  return Object.entries(kinds).find(([, value]) => value === code)?.[0] ?? String(code);
}
