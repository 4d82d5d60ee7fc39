import type { SiteConfig } from '../contract/site.ts';

/** Sites, their versioned configuration, their write keys and API keys. */
export interface SiteStore {
  /** The current configuration of the site that a write key belongs to; null: unknown key. */
  byWriteKey(writeKey: string): Promise<SiteConfig | null>;
  /** The site that an API key may read; null: unknown or revoked. The key itself is never stored, only its SHA-256. */
  siteOfApiKey(apiKey: string): Promise<string | null>;
  current(site: string): Promise<SiteConfig | null>;
  /** The ids of all sites, in order: for what is done to each of them now and then. */
  all(): Promise<string[]>;
  version(site: string, version: number): Promise<SiteConfig | null>;
  /** Stores `config` as the next version (its `version` is ignored), or as the first of a new site; returns what was stored. */
  save(config: SiteConfig): Promise<SiteConfig>;
  addWriteKey(site: string, writeKey: string): Promise<void>;
  addApiKey(site: string, apiKey: string): Promise<void>;
}
