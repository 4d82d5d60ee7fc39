/** The archive against the stream: every record that ingest accepted is there as it was, under its hour, and nothing else is. */
import { gunzipSync } from 'node:zlib';
import { isTick } from '../../../functions/contract/record.ts';
import { decodeRecord } from '../../../functions/stream/record.ts';
import type { PutRecord } from '../aws/kinesis.ts';

const hourMs = 3_600_000;
const line = /^\{"v":1,"generation":0,"shard":"([\w-]+)","position":"(\d+)","arrivedAt":(\d+),"record":(.+)\}$/;
const place = /^events\/site=(\w+)\/date=([\d-]+)\/hour=(\d\d)\//;

export function archiveDifferences(
  archive: ReadonlyMap<string, Uint8Array>,
  everything: readonly PutRecord[],
): string[] {
  const differences: string[] = [];
  const accepted = acceptedLines(everything);
  const kept = new Set<string>();
  for (const [key, bytes] of archive) {
    const [, site = '', date, hour] = place.exec(key) ?? [];
    const from = Date.parse(`${date}T${hour}:00:00Z`);
    for (const text of gunzipSync(bytes).toString().trimEnd().split('\n')) {
      const [, shard, position, arrivedAt, data] = line.exec(text) ?? [];
      const name = `${shard}-${position}`;
      kept.add(name);
      const put = accepted.get(name);
      if (!put) differences.push(`the archive holds ${name}, which is no record that was accepted`);
      else if (data !== put.data || Number(arrivedAt) !== put.arrivedAt)
        differences.push(`the archive holds ${name} otherwise than the stream did`);
      else if (site !== put.site || !(from <= put.receivedAt && put.receivedAt < from + hourMs))
        differences.push(`${key} holds ${name}, which belongs elsewhere`);
    }
  }
  const missing = [...accepted.keys()].filter((name) => !kept.has(name));
  return [...differences, ...missing.map((name) => `${name} is not in the archive`)];
}

interface AcceptedLine {
  data: string;
  site: string;
  arrivedAt: number;
  receivedAt: number;
}

/** By `shard-sequence number`. */
function acceptedLines(everything: readonly PutRecord[]): Map<string, AcceptedLine> {
  const lines = new Map<string, AcceptedLine>();
  for (const { shardId, sequenceNumber, data, arrivedAt } of everything) {
    const decoded = decodeRecord(data);
    if (!decoded.ok || isTick(decoded.record)) continue;
    const { site, receivedAt } = decoded.record;
    lines.set(`${shardId}-${sequenceNumber}`, { data: Buffer.from(data).toString(), site, arrivedAt, receivedAt });
  }
  return lines;
}
