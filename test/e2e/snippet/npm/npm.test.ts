import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleText } from '../../../../snippet/build.ts';
import { buildNpm, scriptName } from '../../../../snippet/npm/build.ts';
import type { Options, SitePulse } from '../../../../snippet/npm/sitepulse.d.ts';
import { count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sitepulse-npm-'));
  await buildNpm(folder, await bundleText(scriptName));
});
afterAll(() => rm(folder, { recursive: true }));

/** A page's own script as a bundler makes it of `code`, with the module in it. */
async function bundled(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder },
    alias: { 'sitepulse-snippet': folder },
    bundle: true,
    minify: true,
    format: 'iife',
    write: false,
  });
  return `<script>${outputFiles[0]?.text.replaceAll('</script', '<\\/script')}</script>`;
}

test('a page that bundles the module counts views, clicks and events of its own, with no script element', async () => {
  const endpoint = `${/src="([^"]+)\/s\.js"/.exec(at.stage.tag())?.[1]}/v1/events`;
  const script = await bundled(`
    import { start } from 'sitepulse-snippet';
    const sitepulse = start({ site: 'demo', endpoint: ${JSON.stringify(endpoint)}, hash: true });
    sitepulse('signup', { plan: 'team' });
    start({ site: 'demo', endpoint: ${JSON.stringify(endpoint)} });
  `);
  at.stage.pages['/'] = html(script, '<button>Buy</button>');
  await at.page.goto(`${at.stage.siteUrl}/start`);
  await at.stage.until((each) => count(each, 'view') === 1);
  await at.page.click('button');
  await at.page.evaluate("location.hash = 'further'");
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  expect(arrived.filter(({ what }) => what === 'view').map(({ page }) => page?.[0])).toEqual([
    '/start',
    '/start#further',
  ]);
  expect(count(arrived, 'click')).toBe(1);
  expect(arrived.filter(({ what }) => what === 'custom').map(({ event }) => event.slice(3))).toEqual([
    ['signup', { plan: 'team' }],
  ]);
  expect(new Set(at.stage.batches.map(({ k }) => k))).toEqual(new Set(['demo']));
});

test('where there is no page it does nothing, and its package says what there is', async () => {
  const module = (await import(pathToFileURL(join(folder, 'index.js')).href)) as { start(options: Options): SitePulse };
  const sitepulse = module.start({ site: 'demo', endpoint: 'https://stats.example/v1/events' });
  expect(() => {
    sitepulse('name', {});
    sitepulse.page();
    sitepulse.optOut();
  }).not.toThrow();
  const { exports, name } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  expect(name).toBe('sitepulse-snippet');
  for (const file of Object.values<string>(exports['.']))
    expect(await readFile(join(folder, file), 'utf8')).not.toBe('');
});
