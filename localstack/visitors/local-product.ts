import { existsSync, readFileSync } from 'node:fs';

/** What `npm start` writes to `.sitepulse/local.json` for tools outside. */
export interface LocalProduct {
  dashboardUrl: string;
  apiUrl: string;
  socketUrl: string;
  snippetUrl: string;
  demoUrl: string;
  awsEndpoint: string;
  site: string;
  writeKey: string;
  apiKey: string;
  /** Where it was deployed by `npm run localstack`; left out: the embedded cloud. */
  emulator?: string;
}

/** @throws Error that says what to do when nothing runs here. */
export async function runningProduct(): Promise<LocalProduct> {
  const file = new URL('../../.sitepulse/local.json', import.meta.url);
  if (!existsSync(file))
    throw new Error('Nothing runs here yet: start it with `npm start`, then run this in another terminal.');
  const local = JSON.parse(readFileSync(file, 'utf8')) as LocalProduct;
  try {
    const response = await fetch(`${local.apiUrl}/v1/openapi.json`);
    // What is not read holds the connection, and the process with it.
    await response.body?.cancel();
  } catch {
    throw new Error(`${local.apiUrl} does not answer: start it with \`npm start\`, then run this in another terminal.`);
  }
  return local;
}

/** GET of one site's endpoint, such as `series?unit=day`. @throws Error with the status and the answer when it is not 200. */
export async function ask<T>(local: LocalProduct, path: string): Promise<T> {
  const url = `${local.apiUrl}/v1/sites/${local.site}/${path}`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${local.apiKey}` } });
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
