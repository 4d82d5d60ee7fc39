import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ElementsAnswer, SeriesAnswer } from '../../../functions/contract/answer.ts';
import { kind, navigation } from '../../../functions/contract/event.ts';
import { listen } from '../../../localstack/visitors/latency.ts';
import type { LocalProduct } from '../../../localstack/visitors/local-product.ts';
import { newBatch, postBatch, wireButton } from '../batch.ts';
import { eventually } from '../product.ts';
import { freeBase, occupy, release, type Started, start } from './started.ts';

/** Building, synthesising and starting; on the first run of a machine a browser is unpacked as well. */
const startMsMax = 60_000;

const running: Started[] = [];
const folders: string[] = [];
afterEach(() => {
  for (const one of running.splice(0)) one.kill();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sitepulse-start-'));
  folders.push(folder);
  return folder;
}

function run(port: number | string, state: string): Started {
  const started = start({ SITEPULSE_PORT: String(port), SITEPULSE_STATE: state, SITEPULSE_DEMO: '0' });
  running.push(started);
  return started;
}

/** Resolves when it says that it runs; fails with what it wrote when it ends before. */
async function untilRunning(started: Started, state: string): Promise<LocalProduct> {
  await eventually(
    async () => {
      if (started.code() !== null) throw new Error(`it ended with ${started.code()}: ${started.output()}`);
      return started.output();
    },
    (output) => output.includes('Ctrl-C ends it'),
    startMsMax,
  );
  return JSON.parse(readFileSync(join(state, 'local.json'), 'utf8')) as LocalProduct;
}

async function ended(started: Started): Promise<{ code: number | null; output: string }> {
  await eventually(
    async () => started.code(),
    (code) => code !== null,
    startMsMax,
  );
  return { code: started.code(), output: started.output() };
}

async function ask<T>(local: LocalProduct, path: string): Promise<T> {
  const response = await fetch(`${local.apiUrl}/v1/sites/${local.site}/${path}`, {
    headers: { authorization: `Bearer ${local.apiKey}` },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

async function pageViews(local: LocalProduct): Promise<number> {
  const { points } = await ask<SeriesAnswer>(local, `series?unit=day&from=${Date.now() - 86_400_000}`);
  return points.reduce((sum, point) => sum + point.pageViews, 0);
}

async function clicks(local: LocalProduct): Promise<number> {
  const { rows } = await ask<ElementsAnswer>(local, `elements?path=/&from=${Date.now() - 86_400_000}`);
  return rows.reduce((sum, row) => sum + row.clicks, 0);
}

describe('npm start', () => {
  it('prints where everything is, ends cleanly on Ctrl-C, and keeps what was counted for the next start', async () => {
    const state = newFolder();
    const port = await freeBase();
    const first = run(port, state);
    const local = await untilRunning(first, state);
    expect(local).toEqual({
      dashboardUrl: `http://localhost:${port}/`,
      apiUrl: `http://localhost:${port}`,
      socketUrl: `ws://localhost:${port}/socket`,
      snippetUrl: `http://localhost:${port}/s.js`,
      demoUrl: `http://localhost:${port + 1}/`,
      awsEndpoint: `http://localhost:${port + 2}`,
      site: 'demo',
      writeKey: 'demo',
      apiKey: expect.stringMatching(/^sitepulse_[\w-]{20,}$/),
    });
    expect(statSync(join(state, 'local.json')).mode & 0o077).toBe(0);
    for (const url of [local.dashboardUrl, local.demoUrl, local.awsEndpoint]) expect(first.output()).toContain(url);
    for (const url of [local.dashboardUrl, local.demoUrl, local.snippetUrl, `${local.apiUrl}/v1/openapi.json`])
      expect((await fetch(url)).status, url).toBe(200);
    expect((await fetch(local.dashboardUrl)).headers.get('x-frame-options')).toBe('DENY');

    const visit = newBatch({
      e: [wireButton],
      x: [
        [kind.view, 0, 0, navigation.load],
        [kind.click, 0, 0, 2048, 2048, 0],
      ],
    });
    expect((await postBatch(local.apiUrl, visit)).status).toBe(202);
    await eventually(
      () => Promise.all([pageViews(local), clicks(local)]),
      ([views, clicked]) => views === 1 && clicked === 1,
    );
    // A dashboard that stays open holds up no end.
    await listen(local);
    // Accepted, and perhaps not counted yet: it must not be lost.
    expect((await postBatch(local.apiUrl, newBatch())).status).toBe(202);
    await first.interrupt();
    expect(first.code(), first.output()).toBe(0);
    expect(first.output()).not.toMatch(/error|warn/i);

    const second = run(port, state);
    const again = await untilRunning(second, state);
    expect(again).toEqual(local);
    await eventually(
      () => pageViews(again),
      (views) => views === 2,
    );
    expect(await clicks(again)).toBe(1);
    await second.interrupt();
    expect(second.code(), second.output()).toBe(0);
  }, 150_000);

  it.each([
    [0, 'dashboard and API'],
    [1, 'demo site'],
    [2, 'AWS endpoint'],
  ])('says which port is in use, and ends with 1 (port %i, %s)', async (offset, purpose) => {
    const state = join(newFolder(), 'state');
    const port = await freeBase();
    const other = await occupy(port + offset);
    try {
      const { code, output } = await ended(run(port, state));
      expect(output).toContain(`port ${port + offset} (${purpose}) is in use`);
      expect(output).toContain('SITEPULSE_PORT');
      expect(output).not.toContain('    at ');
      expect(code).toBe(1);
      expect(existsSync(state)).toBe(false);
    } finally {
      await release(other);
    }
  });

  it.each(['many', '65534', '-1'])('refuses a SITEPULSE_PORT of "%s"', async (port) => {
    const { code, output } = await ended(run(port, newFolder()));
    expect(output).toContain(`SITEPULSE_PORT is "${port}"`);
    expect(output).not.toContain('    at ');
    expect(code).toBe(1);
  });
});
