import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { siteFiles } from '../../../deploy/site-files.ts';
import { buildWeb } from '../../../web/build.ts';

describe('what is uploaded', () => {
  it('is all of the dashboard as it is built, each file of a known type, and kept as long as its name allows', {
    timeout: 60_000,
  }, async () => {
    const dist = mkdtempSync(join(tmpdir(), 'sitepulse-dist-'));
    await buildWeb(join(dist, 'web'));
    const files = siteFiles(dist);
    const of = (key: string) => files.find((file) => file.key === key);
    expect(of('index.html')).toMatchObject({ contentType: 'text/html; charset=utf-8', cacheControl: 'no-cache' });
    expect(of('app.js')).toMatchObject({ contentType: 'text/javascript; charset=utf-8', cacheControl: 'no-cache' });
    expect(of('s.js')?.cacheControl).toBe('public, max-age=300, stale-while-revalidate=86400');
    const hashed = files.filter(({ cacheControl }) => cacheControl.includes('immutable')).map(({ key }) => key);
    expect(hashed.length).toBeGreaterThan(1);
    expect(hashed.filter((key) => !/^[\w-]+-[A-Z0-9]{8}\.js$/.test(key))).toEqual([]);
  });
});
