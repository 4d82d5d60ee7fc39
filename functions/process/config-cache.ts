import type { SiteConfig } from '../contract/site.ts';
import type { SiteStore } from '../sites/site-store.ts';
import { BoundedMap } from './bounded-map.ts';

/** Site configurations as records name them. A version never changes, so what was read once is kept. */
export class ConfigCache {
  readonly #known: BoundedMap<SiteConfig>;
  /** By epoch and site, from which version on goals are back-filled. */
  readonly #filledFrom: BoundedMap<{ version: number | null }>;

  constructor(
    private readonly sites: Pick<SiteStore, 'version' | 'goalsFrom'>,
    entriesMax = 1_000,
  ) {
    this.#known = new BoundedMap(entriesMax);
    this.#filledFrom = new BoundedMap(entriesMax);
  }

  /** By what an epoch counts the records of a version. Null: no such version (which is not remembered: it may be stored yet). */
  async version(site: string, version: number, epoch: string): Promise<SiteConfig | null> {
    const name = `${epoch}|${site}|${version}`;
    const known = this.#known.get(name);
    if (known) return known;
    const config = await this.sites.version(site, version);
    if (!config) return null;
    const from = await this.#goalsFrom(site, epoch);
    const later = from !== null && version < from ? await this.sites.version(site, from) : null;
    const counted = later ? { ...config, goals: later.goals ?? [], funnels: later.funnels ?? [] } : config;
    this.#known.set(name, counted);
    return counted;
  }

  async #goalsFrom(site: string, epoch: string): Promise<number | null> {
    const name = `${epoch}|${site}`;
    const known = this.#filledFrom.get(name) ?? { version: await this.sites.goalsFrom(site, epoch) };
    this.#filledFrom.set(name, known);
    return known.version;
  }
}
