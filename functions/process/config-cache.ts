import type { SiteConfig } from '../contract/site.ts';
import type { SiteStore } from '../sites/site-store.ts';
import { BoundedMap } from './bounded-map.ts';

/** Site configurations as records name them. A version never changes, so what was read once is kept. */
export class ConfigCache {
  readonly #known: BoundedMap<SiteConfig>;

  constructor(
    private readonly sites: Pick<SiteStore, 'version'>,
    entriesMax = 1_000,
  ) {
    this.#known = new BoundedMap(entriesMax);
  }

  /** Null: no such version (which is not remembered: it may be stored yet). */
  async version(site: string, version: number): Promise<SiteConfig | null> {
    const name = `${site}|${version}`;
    const known = this.#known.get(name);
    if (known) return known;
    const config = await this.sites.version(site, version);
    if (config) this.#known.set(name, config);
    return config;
  }
}
