import { describe, expect, it } from 'vitest';
import { memoryUsageStore } from '../../../functions/sites/usage-store.memory.ts';
import { UsageTally } from '../../../functions/sites/usage-tally.ts';
import { quietly } from '../../law/drive.ts';

quietly();

const noon = Date.parse('2026-11-23T12:00:00Z');

describe('a tally of usage', () => {
  it('writes at once what it met first, and then once a minute', async () => {
    const store = memoryUsageStore();
    const writes: string[] = [];
    const tally = new UsageTally({
      async add(site, date, usage) {
        writes.push(site);
        await store.add(site, date, usage);
      },
    });
    const used = async (site: string) => (await store.read(site, '2026-11-23', '2026-11-23'))[0]?.usage;
    tally.note('shop', { requests: 1 });
    await tally.writeWhenDue(noon);
    expect(await used('shop')).toEqual({ requests: 1 });
    for (let second = 1; second < 60; second++) {
      tally.note('shop', { requests: 1, requestBytes: 100 });
      await tally.writeWhenDue(noon + second * 1_000);
    }
    expect(writes).toEqual(['shop']);
    tally.note('docs', { queries: 2 });
    await tally.writeWhenDue(noon + 60_000);
    expect(await used('shop')).toEqual({ requests: 60, requestBytes: 5_900 });
    expect(await used('docs')).toEqual({ queries: 2 });
    await tally.writeWhenDue(noon + 180_000);
    expect(writes).toEqual(['shop', 'shop', 'docs']);
  });

  it('keeps what it could not write for the next time', async () => {
    const store = memoryUsageStore();
    let isDown = true;
    const tally = new UsageTally({
      add: async (...given) => {
        if (isDown) throw new Error('throttled');
        await store.add(...given);
      },
    });
    tally.note('shop', { requests: 5 });
    await tally.writeWhenDue(noon);
    isDown = false;
    tally.note('shop', { requests: 2 });
    await tally.writeWhenDue(noon + 60_000);
    expect(await store.read('shop', '2026-11-23', '2026-11-23')).toEqual([
      { date: '2026-11-23', usage: { requests: 7 } },
    ]);
  });
});
