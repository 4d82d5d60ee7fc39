import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatSecret, secretBytes } from '../functions/sites/secret.ts';
import type { Cloud } from './embedded/cloud.ts';

const fileName = 'local.json';

/** The key that earlier runs gave out, so that open tabs and scripts go on working; a new one where there is none. */
export function localApiKey(stateDir: string, fresh: boolean): string {
  const file = join(stateDir, fileName);
  if (!fresh && existsSync(file)) {
    const { apiKey } = JSON.parse(readFileSync(file, 'utf8')) as { apiKey?: unknown };
    if (typeof apiKey === 'string' && apiKey !== '') return apiKey;
  }
  return formatSecret('key', randomBytes(secretBytes));
}

/** Writes what tools outside the project read: where everything is, and the local site's keys. */
export function writeLocalFile(
  stateDir: string,
  cloud: Pick<Cloud, 'urls' | 'site' | 'writeKey'>,
  apiKey: string,
  emulator?: string,
) {
  const local = { ...cloud.urls, site: cloud.site, writeKey: cloud.writeKey, apiKey, ...(emulator && { emulator }) };
  mkdirSync(stateDir, { recursive: true });
  const file = join(stateDir, fileName);
  // For this user alone: it holds a key. Whole or not at all: others read it at any moment.
  writeFileSync(`${file}.unfinished`, `${JSON.stringify(local, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.unfinished`, file);
  return local;
}
