import { describe, expect, it } from 'vitest';
import { configAt, defaultPathRules, type SiteConfig } from '../../functions/contract/site.ts';
import type { SiteStore } from '../../functions/sites/site-store.ts';

/** What every site store does. `make` may give the same store each time: each test has sites of its own. */
export function describeSiteStore(name: string, make: () => SiteStore): void {
  describe(`the site store: ${name}`, () => siteStoreTests(make));
}

function siteStoreTests(make: () => SiteStore): void {
  let made = 0;
  const fresh = (changes: Partial<SiteConfig> = {}): SiteConfig => ({
    site: `site-${++made}`,
    version: 0,
    name: 'Shop',
    zone: 'Europe/Zurich',
    origins: ['https://shop.example', 'http://localhost:*'],
    pathRules: { ...defaultPathRules, patterns: ['/product/:id'] },
    watchedRequestsPerSecondMax: 50,
    ...changes,
  });

  describe('the configuration of a site', () => {
    it('is stored as version 1, and read as it was stored', async () => {
      const store = make();
      const config = fresh();
      const stored = await store.save(config);
      expect(stored).toEqual({ ...config, version: 1 });
      expect(await store.current(config.site)).toEqual(stored);
      expect(await store.version(config.site, 1)).toEqual(stored);
    });

    it('gets a new version by each edit, and keeps the ones before', async () => {
      const store = make();
      const first = await store.save(fresh());
      for (let edit = 2; edit <= 12; edit++) await store.save({ ...first, name: `Edit ${edit}` });
      expect(await store.current(first.site)).toEqual({ ...first, version: 12, name: 'Edit 12' });
      expect(await store.version(first.site, 1)).toEqual(first);
      expect((await store.version(first.site, 9))?.name).toBe('Edit 9');
    });

    it('loses no version when several people save at once', async () => {
      const store = make();
      const first = await store.save(fresh());
      const saved = await Promise.all(['a', 'b', 'c', 'd'].map((name) => store.save({ ...first, name })));
      expect(saved.map(({ version }) => version).sort()).toEqual([2, 3, 4, 5]);
      for (const config of saved) expect(await store.version(first.site, config.version)).toEqual(config);
      expect((await store.current(first.site))?.version).toBe(5);
    });

    it('is null for an unknown site or version', async () => {
      const store = make();
      const { site } = await store.save(fresh());
      expect([await store.current('nobody'), await store.version('nobody', 1)]).toEqual([null, null]);
      expect([await store.version(site, 2), await store.version(site, 0)]).toEqual([null, null]);
    });

    it('is listed with the others, once, in order of ids', async () => {
      const store = make();
      const one = await store.save(fresh());
      const other = await store.save(fresh());
      await store.save({ ...one, name: 'Renamed' });
      const all = await store.all();
      expect(all).toEqual([...all].sort());
      expect(all.filter((site) => site === one.site || site === other.site)).toEqual([one.site, other.site].sort());
    });

    it('does not change with the object that was saved or read', async () => {
      const store = make();
      const config = fresh();
      await store.save(config);
      config.origins.push('https://evil.example');
      (await store.current(config.site))?.origins.push('https://evil.example');
      expect((await store.current(config.site))?.origins).toEqual(['https://shop.example', 'http://localhost:*']);
    });

    it.each<[string, Partial<SiteConfig>]>([
      ['an id that would break keys apart', { site: 'a|b' }],
      ['an empty id', { site: '' }],
      ['a zone that does not exist', { zone: 'Europe/Nowhere' }],
      ['a pace of 0', { watchedRequestsPerSecondMax: 0 }],
      ['a rule set where a selector belongs', { captureHideSelectors: ['#chat { color: red }'] }],
      ['an empty selector', { captureHideSelectors: [' '] }],
      ['more selectors than anybody hides', { captureHideSelectors: Array(21).fill('#chat') }],
      ['more origins than anybody has', { origins: Array(51).fill('https://shop.example') }],
    ])('is refused with %s', async (_what, changes) => {
      const store = make();
      await expect(store.save(fresh(changes))).rejects.toThrow(RangeError);
    });
  });

  describe('a write key', () => {
    it('leads to the current configuration of its site', async () => {
      const store = make();
      const first = await store.save(fresh());
      await store.addWriteKey(first.site, `key-of-${first.site}`);
      expect(await store.byWriteKey(`key-of-${first.site}`)).toEqual(first);
      const second = await store.save({ ...first, name: 'Renamed' });
      expect(await store.byWriteKey(`key-of-${first.site}`)).toEqual(second);
    });

    it('may be added again, but not to another site', async () => {
      const store = make();
      const one = await store.save(fresh());
      const other = await store.save(fresh());
      await store.addWriteKey(one.site, `key-of-${one.site}`);
      await store.addWriteKey(one.site, `key-of-${one.site}`);
      await expect(store.addWriteKey(other.site, `key-of-${one.site}`)).rejects.toThrow('belongs to another site');
      expect((await store.byWriteKey(`key-of-${one.site}`))?.site).toBe(one.site);
    });

    it('that nobody added leads nowhere', async () => {
      expect(await make().byWriteKey('nobody')).toBeNull();
    });
  });

  describe('an edit', () => {
    it('makes the next version of the current one, for one after the other, and loses none', async () => {
      const store = make();
      const { site } = await store.save(fresh());
      const add = (origin: string) =>
        store.edit(site, (config) => ({ config: { ...config, origins: [...config.origins, origin] } }));
      const names = ['https://a.example', 'https://b.example', 'https://c.example'];
      await Promise.all(names.map(add));
      const current = await store.current(site);
      expect(current?.origins.slice(2).sort()).toEqual(names);
      expect(await store.version(site, current?.version ?? 0)).toEqual(current);
    });

    it('stores the version that a waiting time zone brings, beside the one that holds until then', async () => {
      const store = make();
      const { site, zone } = await store.save(fresh());
      const edited = await store.edit(site, (config) => ({ config, upcoming: { zone: 'Asia/Tokyo', from: 1_000 } }));
      if (!edited) throw new Error('the site is not there');
      expect(edited).toMatchObject({ zone, upcoming: { zone: 'Asia/Tokyo', from: 1_000 } });
      expect(await store.current(site)).toEqual(edited);
      const { upcoming, ...holding } = edited;
      const later = { ...holding, zone: 'Asia/Tokyo', version: upcoming?.version };
      expect(await store.version(site, upcoming?.version ?? 0)).toEqual(later);
      expect([configAt(edited, 999), configAt(edited, 1_000)]).toEqual([edited, later]);
      // The next edit says for itself what waits.
      expect(await store.edit(site, (config) => ({ config: configAt(config, 1_000) }))).not.toHaveProperty('upcoming');
    });

    it('of a site that is not there makes none', async () => {
      expect(await make().edit('nobody', (config) => ({ config }))).toBeNull();
    });
  });

  describe('goals that are back-filled', () => {
    it('are those of the version that was said first, epoch by epoch, and go with the site', async () => {
      const store = make();
      const first = await store.save(fresh());
      expect(await store.goalsFrom(first.site, '2')).toBeNull();
      await store.fillGoals(first.site, '2', 3);
      await store.fillGoals(first.site, '2', 5);
      expect(await store.goalsFrom(first.site, '2')).toBe(3);
      expect(await store.goalsFrom(first.site, '3')).toBeNull();
      expect(await store.goalsFrom('other', '2')).toBeNull();
      // They are no versions: the next one is the second.
      expect((await store.save(first)).version).toBe(2);
      await store.remove(first.site);
      expect(await store.goalsFrom(first.site, '2')).toBeNull();
    });
  });

  describe('a removal', () => {
    it('takes the current version away first, and all that is left with the site', async () => {
      const store = make();
      const first = await store.save(fresh());
      const second = await store.save(first);
      await store.addWriteKey(first.site, `key-of-${first.site}`);
      await store.hide(first.site);
      expect([await store.current(first.site), await store.byWriteKey(`key-of-${first.site}`)]).toEqual([null, null]);
      expect(await store.version(first.site, 2)).toEqual(second);
      expect(await store.edit(first.site, (config) => ({ config }))).toBeNull();
      await store.removeWriteKey(`key-of-${first.site}`);
      await store.remove(first.site);
      expect([await store.version(first.site, 1), await store.version(first.site, 2)]).toEqual([null, null]);
      expect(await store.all()).not.toContain(first.site);
    });
  });
}
