import type { SiteConfig } from '../contract/site.ts';
import { hashApiKey } from './api-key.ts';
import { assertSiteConfig } from './site-config.ts';
import type { SiteStore } from './site-store.ts';

export function memorySiteStore(): SiteStore {
  const versions = new Map<string, SiteConfig[]>();
  const writeKeys = new Map<string, string>();
  const apiKeyHashes = new Map<string, string>();
  const version = (site: string, number: number) => structuredClone(versions.get(site)?.[number - 1] ?? null);
  const current = (site: string) => version(site, versions.get(site)?.length ?? 0);

  return {
    async byWriteKey(writeKey) {
      const site = writeKeys.get(writeKey);
      return site === undefined ? null : current(site);
    },
    siteOfApiKey: async (apiKey) => apiKeyHashes.get(hashApiKey(apiKey)) ?? null,
    current: async (site) => current(site),
    all: async () => [...versions.keys()].sort(),
    version: async (site, number) => version(site, number),
    async save(config) {
      assertSiteConfig(config);
      const before = versions.get(config.site) ?? [];
      const stored = structuredClone({ ...config, version: before.length + 1 });
      versions.set(config.site, [...before, stored]);
      return structuredClone(stored);
    },
    async addWriteKey(site, writeKey) {
      const owner = writeKeys.get(writeKey) ?? site;
      if (owner !== site) throw new Error(`write key "${writeKey}" belongs to another site than "${site}"`);
      writeKeys.set(writeKey, site);
    },
    async addApiKey(site, apiKey) {
      apiKeyHashes.set(hashApiKey(apiKey), site);
    },
  };
}
