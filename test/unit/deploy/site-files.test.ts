import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { siteFiles } from '../../../deploy/site-files.ts';
import { buildWeb } from '../../../web/build.ts';

describe('what is uploaded', () => {
  it('is all of the dashboard and the snippet as they are built, each file of a known type, and kept as long as its name allows', {
    timeout: 60_000,
  }, async () => {
    const dist = mkdtempSync(join(tmpdir(), 'sitepulse-dist-'));
    await buildWeb(join(dist, 'web'));
    mkdirSync(join(dist, 'snippet'));
    const scripts = ['overlay.js', 'panes.js', 's.js'];
    for (const name of scripts) writeFileSync(join(dist, 'snippet', name), '');
    const files = siteFiles(dist);
    const of = (key: string) => files.find((file) => file.key === key);
    expect(of('index.html')).toMatchObject({ contentType: 'text/html; charset=utf-8', cacheControl: 'no-cache' });
    expect(of('app.js')).toMatchObject({ contentType: 'text/javascript; charset=utf-8', cacheControl: 'no-cache' });
    const brief = files.filter(
      ({ cacheControl }) => cacheControl === 'public, max-age=300, stale-while-revalidate=86400',
    );
    expect(brief.map(({ key }) => key).sort()).toEqual(scripts);
    const hashed = files.filter(({ cacheControl }) => cacheControl.includes('immutable')).map(({ key }) => key);
    expect(hashed.length).toBeGreaterThan(1);
    expect(hashed.filter((key) => !/^[\w-]+-[A-Z0-9]{8}\.js$/.test(key))).toEqual([]);
  });
});
