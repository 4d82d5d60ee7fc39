import type { SiteConfig } from '../contract/site.ts';
import { assertSiteConfig } from './site-config.ts';
import type { SiteStore } from './site-store.ts';

export function memorySiteStore(): SiteStore {
  const versions = new Map<string, SiteConfig[]>();
  const writeKeys = new Map<string, string>();
  const newest = new Map<string, number>();
  const filled = new Map<string, number>();
  const version = (site: string, number: number) => structuredClone(versions.get(site)?.[number - 1] ?? null);
  const current = (site: string) => version(site, newest.get(site) ?? 0);
  function store(config: SiteConfig): SiteConfig {
    const before = versions.get(config.site) ?? [];
    const stored = structuredClone({ ...config, version: before.length + 1 });
    versions.set(config.site, [...before, stored]);
    return stored;
  }

  return {
    async byWriteKey(writeKey) {
      const site = writeKeys.get(writeKey);
      return site === undefined ? null : current(site);
    },
    current: async (site) => current(site),
    all: async () => [...versions.keys()].sort(),
    version: async (site, number) => version(site, number),
    goalsFrom: async (site, epoch) => filled.get(`${site}|${epoch}`) ?? null,
    async fillGoals(site, epoch, number) {
      const name = `${site}|${epoch}`;
      filled.set(name, filled.get(name) ?? number);
    },
    async save({ upcoming: _before, ...config }) {
      assertSiteConfig(config);
      const stored = store(config);
      newest.set(config.site, stored.version);
      return structuredClone(stored);
    },
    async edit(site, edit) {
      const before = current(site);
      if (!before) return null;
      const {
        config: { upcoming: _before, ...config },
        upcoming,
      } = edit(before);
      assertSiteConfig(config);
      const later = upcoming && store({ ...config, zone: upcoming.zone });
      const stored = store({
        ...config,
        ...(later && upcoming && { upcoming: { ...upcoming, version: later.version } }),
      });
      newest.set(site, stored.version);
      return structuredClone(stored);
    },
    async addWriteKey(site, writeKey) {
      const owner = writeKeys.get(writeKey) ?? site;
      if (owner !== site) throw new Error(`write key "${writeKey}" belongs to another site than "${site}"`);
      writeKeys.set(writeKey, site);
    },
    async removeWriteKey(writeKey) {
      writeKeys.delete(writeKey);
    },
    async hide(site) {
      newest.delete(site);
    },
    async remove(site) {
      newest.delete(site);
      versions.delete(site);
      for (const name of filled.keys()) if (name.startsWith(`${site}|`)) filled.delete(name);
    },
  };
}
