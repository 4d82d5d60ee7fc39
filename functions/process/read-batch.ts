import { positionOf } from '../contract/position.ts';
import { isTick } from '../contract/record.ts';
import { decodeRecord } from '../stream/record.ts';
import type { Entry, StreamBatchRecord } from './batch.ts';
import type { ConfigCache } from './config-cache.ts';

/** Decodes a batch. What cannot be decoded, or names a configuration that does not exist, becomes `failed`. */
export async function readBatch(
  records: readonly StreamBatchRecord[],
  configs: ConfigCache,
  epoch: string,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const source of records) {
    const position = positionOf(source.sequenceNumber);
    entries.push({ source, position, content: await contentOf(source.data, configs, epoch) });
  }
  return entries;
}

async function contentOf(data: Uint8Array, configs: ConfigCache, epoch: string): Promise<Entry['content']> {
  const decoded = decodeRecord(data);
  if (!decoded.ok) return { what: 'failed', site: 'unknown', reason: decoded.code, message: decoded.message };
  const { record } = decoded;
  if (isTick(record)) return { what: 'tick', tick: record };
  const { site, config: version } = record;
  const config = await configs.version(site, version, epoch);
  if (config) return { what: 'record', record, config };
  const message = `site ${site} has no configuration of version ${version}`;
  return { what: 'failed', site, reason: 'unknown-config', message };
}
