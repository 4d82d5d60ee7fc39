import { describe, expect, it } from 'vitest';
import type { ProgressStore } from '../../functions/store/progress-store.ts';

let sites = 0;
const freshSite = () => `site-${++sites}`;

/** What every progress store does. */
export function describeProgressStore(name: string, make: () => ProgressStore): void {
  describe(`progress in ${name}`, () => {
    it('is 0 where it was never set', async () => {
      expect(await make().get('1', freshSite())).toBe(0);
    });

    it('goes forward and never back', async () => {
      const store = make();
      const site = freshSite();
      await store.set('1', site, 1_800_000_000_500);
      await store.set('1', site, 1_800_000_000_000);
      expect(await store.get('1', site)).toBe(1_800_000_000_500);
      await store.set('1', site, 1_800_000_001_000);
      expect(await store.get('1', site)).toBe(1_800_000_001_000);
    });

    it('belongs to one site and one epoch', async () => {
      const store = make();
      const site = freshSite();
      await store.set('1', site, 5);
      expect(await store.get('2', site)).toBe(0);
      expect(await store.get('1', freshSite())).toBe(0);
    });
  });
}
