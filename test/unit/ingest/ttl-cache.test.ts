import { describe, expect, it } from 'vitest';
import { TtlCache } from '../../../functions/ingest/ttl-cache.ts';

describe('the cache', () => {
  it('reads once within its time, and again after it', async () => {
    let reads = 0;
    const cache = new TtlCache<number>(10, 1_000);
    const read = (now: number) => cache.through('a', now, async () => ++reads);
    expect([await read(0), await read(999), await read(1_000), await read(1_500)]).toEqual([1, 1, 2, 2]);
  });

  it('remembers that there is nothing', async () => {
    let reads = 0;
    const cache = new TtlCache<null>(10, 1_000);
    const load = async () => {
      reads++;
      return null;
    };
    const read = () => cache.through('a', 0, load);
    expect([await read(), await read(), reads]).toEqual([null, null, 1]);
  });

  it('keeps no failure', async () => {
    const cache = new TtlCache<number>(10, 1_000);
    await expect(cache.through('a', 0, async () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(await cache.through('a', 0, async () => 7)).toBe(7);
  });

  it('forgets the oldest beyond its size', async () => {
    const reads: string[] = [];
    const cache = new TtlCache<string>(2, 1_000);
    const read = (key: string) =>
      cache.through(key, 0, async () => {
        reads.push(key);
        return key;
      });
    for (const key of ['a', 'b', 'c', 'b', 'c', 'a']) await read(key);
    expect(reads).toEqual(['a', 'b', 'c', 'a']);
  });
});
