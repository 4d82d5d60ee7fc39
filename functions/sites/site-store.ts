import type { SiteConfig, UpcomingZone } from '../contract/site.ts';

/** `config` as for `save`. `upcoming`: the version that holds from then on is stored beside it. */
export interface SiteEdit {
  config: SiteConfig;
  upcoming?: Omit<UpcomingZone, 'version'> | undefined;
}

/** Sites, their versioned configuration, and the write keys that lead to them. */
export interface SiteStore {
  /** The current configuration of the site that a write key belongs to; null: unknown key. */
  byWriteKey(writeKey: string): Promise<SiteConfig | null>;
  /** As it was saved last: `configAt` tells what of it holds now. Null: no such site, or it is being removed. */
  current(site: string): Promise<SiteConfig | null>;
  /** The ids of all sites, in order: for what is done to each of them now and then. */
  all(): Promise<string[]>;
  version(site: string, version: number): Promise<SiteConfig | null>;
  /**
   * An epoch that was built anew counts goals and funnels of a version for all that came before it, too. Null: it counts each record by
   * its own version. The answer never changes once something is counted in the epoch.
   */
  goalsFrom(site: string, epoch: string): Promise<number | null>;
  /** Says so, before anything is counted in it. Does nothing where it was said already. */
  fillGoals(site: string, epoch: string, version: number): Promise<void>;
  /**
   * Stores `config` as the next version (its `version` and `upcoming` are ignored), or as the first of a new site; returns what was
   * stored.
   */
  save(config: SiteConfig): Promise<SiteConfig>;
  /**
   * Makes the next version of the current one. `edit` is called again with the newer one when somebody else was first, so it must do
   * nothing but compute. Returns what was stored; null: there is no such site.
   */
  edit(site: string, edit: (current: SiteConfig) => SiteEdit): Promise<SiteConfig | null>;
  addWriteKey(site: string, writeKey: string): Promise<void>;
  removeWriteKey(writeKey: string): Promise<void>;
  /** Has no current version any more: nobody can read it or send to it. Records that name a version still find it. */
  hide(site: string): Promise<void>;
  /** Forgets every version. */
  remove(site: string): Promise<void>;
}
