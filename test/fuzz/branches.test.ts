import { describe, expect, it } from 'vitest';
import { branchesOf } from './branches.ts';

/** Counts by the letters of the text: `a` ran `counts.a` times. */
function branches(source: string, counts: Record<string, number>): string[] {
  const letters = source.replace(/\b(if|else|switch|case|try|catch|function)\b/g, (word) => ' '.repeat(word.length));
  const countAt = (offset: number) => counts[/[a-z]/.exec(letters.slice(offset))?.[0] ?? ''] ?? 0;
  return branchesOf(source, countAt).map(({ what, taken }) => `${taken ? '+' : '-'} ${what}`);
}

describe('branches of a source', () => {
  it.each([
    ['if (a) b();', { a: 5, b: 5 }, ['+ then', '- else']],
    ['if (a) b();', { a: 5, b: 0 }, ['- then', '+ else']],
    ['if (a) b(); else c();', { a: 5, b: 2, c: 3 }, ['+ then', '+ else']],
    ['a ? b : c;', { a: 5, b: 5, c: 0 }, ['+ ? …', '- : …']],
    ['a && b;', { a: 5, b: 5 }, ['- left of && decides', '+ right of &&']],
    ['a ?? b;', { a: 5, b: 0 }, ['+ left of ?? decides', '- right of ??']],
    ['try { a(); } catch { b(); }', { a: 5, b: 0 }, ['- catch']],
  ])('%s where %j', (source, counts, expected) => {
    expect(branches(source, counts)).toEqual(expected);
  });
});
