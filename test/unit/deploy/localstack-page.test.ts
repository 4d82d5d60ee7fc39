import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits } from '../../e2e/anywhere/limits.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/localstack.md'), 'utf8').replaceAll(/\s+/g, ' ');

describe('docs/localstack.md', () => {
  it.each(Object.entries(limits))('says what a green run on %s does not show', (name, list) => {
    expect(page).toContain(name);
    for (const { what, shown } of list) {
      expect(page).toContain(what);
      expect(page).toContain(shown);
    }
  });
});
