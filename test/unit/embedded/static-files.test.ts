import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { staticFiles } from '../../../localstack/embedded/static-files.ts';
import { closeServers, serve } from './servers.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sitepulse-static-'));
});
afterEach(async () => {
  await closeServers();
  rmSync(folder, { recursive: true, force: true });
});

it('says of a file that a browser still has that it has not changed, and gives it anew once it has', async () => {
  const file = join(folder, 'app.js');
  writeFileSync(file, 'let first;');
  const url = `${await serve(staticFiles(folder))}/app.js`;
  const first = await fetch(url);
  const tag = first.headers.get('etag') ?? '';
  expect([first.status, await first.text(), first.headers.get('cache-control')]).toEqual([
    200,
    'let first;',
    'no-cache',
  ]);

  const again = await fetch(url, { headers: { 'if-none-match': tag } });
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);

  writeFileSync(file, 'let other;');
  utimesSync(file, 2, 2);
  const changed = await fetch(url, { headers: { 'if-none-match': tag } });
  expect([changed.status, await changed.text()]).toEqual([200, 'let other;']);
});

it('gives a page with what was put into it, whatever the browser has', async () => {
  writeFileSync(join(folder, 'index.html'), '<script src="__SNIPPET_URL__"></script>');
  const url = await serve(staticFiles(folder, { replacements: { __SNIPPET_URL__: 'http://localhost/s.js' } }));
  const page = await fetch(url, { headers: { 'if-none-match': '"any"' } });
  expect(await page.text()).toBe('<script src="http://localhost/s.js"></script>');
  expect(page.headers.get('etag')).toBeNull();
});
