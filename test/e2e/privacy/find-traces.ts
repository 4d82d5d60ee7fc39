import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { localClients } from '../../../localstack/audit/local-ports.dynamo.ts';
import { streamRecords } from '../../../localstack/audit/stream-records.kinesis.ts';
import type { Product } from '../product.ts';
import { readTable } from '../tables.ts';

/** Something that is kept, and what it says. */
export interface Kept {
  where: string;
  text: string;
}

/** Where any of the needles stands: one line each. */
export function tracesIn(kept: readonly Kept[], needles: readonly string[]): string[] {
  return kept.flatMap(({ where, text }) =>
    needles.filter((needle) => text.includes(needle)).map((needle) => `${where}: ${needle}`),
  );
}

const tables = ['Counters', 'Visitors', 'Admissions', 'Sites', 'Connections'];
const functions = ['ingest', 'process', 'archive', 'query', 'socket', 'capture', 'forget'];

/** Every item of every table, record of the stream, object, log line and file that the product keeps. */
export async function allKept({ urls, cloud, stateDir }: Product): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (const table of tables) {
    for (const item of await readTable(urls.awsEndpoint, table)) {
      kept.push({ where: `table ${table}`, text: JSON.stringify(item) });
      // Binary values come as base64.
      for (const { B } of Object.values(item))
        if (B) kept.push({ where: `table ${table}`, text: `${Buffer.from(String(B), 'base64')}` });
    }
  }
  const clients = localClients(urls.awsEndpoint);
  try {
    const { StreamNames = [] } = await clients.kinesis.send(new ListStreamsCommand({}));
    for (const name of StreamNames) {
      for await (const { data } of streamRecords(clients.kinesis, name, 0)) {
        kept.push({ where: `stream ${name}`, text: Buffer.from(data).toString() });
      }
    }
  } finally {
    clients.close();
  }
  for (const fn of functions) for (const text of cloud.logOf(fn)) kept.push({ where: `log of ${fn}`, text });
  for (const file of filesUnder(stateDir)) {
    const text = textOf(join(stateDir, file));
    if (text !== null) kept.push({ where: `file ${file}`, text });
  }
  return kept;
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

/**
 * An object's file has its facts before its bytes, which may be packed; what could not be counted stands in it as base64. Null: the running
 * cloud has just replaced the file.
 */
function textOf(file: string): string | null {
  if (!existsSync(file)) return null;
  const bytes = readFileSync(file);
  const packed = /\.gz\b|[\\/]s3[\\/]/.test(file) ? bytes.indexOf(Buffer.from([0x1f, 0x8b, 0x08])) : -1;
  const text = bytes.toString('latin1');
  const data = /"data":"([\w+/=]+)"/.exec(text)?.[1] ?? '';
  return text + (packed >= 0 ? gunzipSync(bytes.subarray(packed)).toString() : '') + Buffer.from(data, 'base64');
}
