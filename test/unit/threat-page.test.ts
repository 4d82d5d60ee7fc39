import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/threat-model.md'), 'utf8');
const threats = page.split('\n\n').filter((paragraph) => paragraph.startsWith('**'));

it('every threat names a test, and every test that is named exists', () => {
  expect(threats.length).toBeGreaterThan(15);
  for (const threat of threats) {
    const named = [...threat.matchAll(/`(test\/[\w/.-]+\.test\.ts)`/g)].map(([, path]) => path ?? '');
    expect(named.length, threat.slice(0, 60)).toBeGreaterThan(0);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  }
});
