import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { parseNetworks } from '../../../functions/capture/address.ts';
import { type ChromiumCameraOptions, chromiumCamera } from '../../../functions/capture/camera.chromium.ts';
import type { Photograph } from '../../../functions/capture/camera.ts';
import type { Device } from '../../../functions/contract/record.ts';
import { findBrowser } from '../../../localstack/browser.ts';

/** The camera as the function has it, with the browser of this machine, and loopback allowed. */
export async function cameraOptions(): Promise<ChromiumCameraOptions> {
  const { executablePath, env } = await findBrowser();
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../../../functions/capture/page-script.ts')],
    bundle: true,
    format: 'iife',
    write: false,
  });
  return {
    networks: parseNetworks('127.0.0.0/8,::1/128'),
    browser: { executablePath, env },
    pageScript: outputFiles[0]?.text ?? '',
    timeoutMs: 30_000,
  };
}

const closing: (() => void)[] = [];
export function closeSites(): void {
  for (const close of closing.splice(0)) close();
}

/** A site on this machine; returns its origin and what was asked of it. */
export async function serve(
  answer: RequestListener,
  host = '127.0.0.1',
): Promise<{ origin: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, host, listening));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const name = host === '127.0.0.1' ? 'localhost' : host;
  return { origin: `http://${name}:${(server.address() as AddressInfo).port}`, asked };
}

/** One page at `/`; everything else is empty. */
export function servePage(page: string) {
  return serve((request, response) => {
    if (request.url === '/') response.setHeader('content-type', 'text/html').end(page);
    else response.end();
  });
}

export const html = (body: string, head = '') =>
  `<!doctype html><html><head><meta name="viewport" content="width=device-width">${head}</head><body style="margin:0">${body}</body></html>`;

export interface PhotographWish {
  device?: Device | undefined;
  /** Those that documents may come from; else the page's own. */
  origins?: string[] | undefined;
  hideSelectors?: string[] | undefined;
}

export function photographWith(options: ChromiumCameraOptions, url: string, wish: PhotographWish): Promise<Photograph> {
  const { device = 'desktop', origins = [new URL(url).origin], hideSelectors = [] } = wish;
  const originAllowed = (origin: string) => origins.includes(origin);
  return chromiumCamera(options).photograph({ url, device, hideSelectors, originAllowed });
}
