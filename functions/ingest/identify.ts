import type { Batch } from '../contract/event.ts';
import type { SiteConfig } from '../contract/site.ts';
import { localDay } from '../contract/time-unit.ts';
import type { SaltStore } from '../identity/salt-store.ts';
import type { SecretStore } from '../identity/secret-store.ts';
import { nonceBytes, openToken, sealToken } from '../identity/token.ts';
import { visitorHash } from '../identity/visitor-hash.ts';
import type { Viewer } from './edge.ts';
import { TtlCache } from './ttl-cache.ts';

export interface Identity {
  visitor: string;
  /** For the load to return; absent where it brought its own. */
  token?: string;
}

/** A day's salt never changes; it is forgotten hourly so that a long-lived instance does not keep salts of days gone by. */
const saltKeptMs = 3_600_000;
const sitesMax = 1_000;
const secretKeptMs = 3_600_000;

/**
 * Tells who sent a batch. A token that was sealed for this load decides. Without one, or with one that does not open (forged,
 * or sealed by a secret since replaced), the day's salt, address and agent do: the processor puts the record back under the
 * load's first owner should that differ, so no batch is refused over its token.
 */
export class Identifier {
  readonly #salts = new TtlCache<Uint8Array>(sitesMax, saltKeptMs);
  readonly #secrets = new TtlCache<Uint8Array>(1, secretKeptMs);

  constructor(
    private readonly salts: SaltStore,
    private readonly secrets: SecretStore,
    private readonly random: (byteCount: number) => Uint8Array,
  ) {}

  async identify(batch: Batch, config: SiteConfig, viewer: Viewer, now: number): Promise<Identity> {
    const { site, zone } = config;
    const secret = await this.#secrets.through('identity', now, () => this.secrets.identitySecret());
    const opened = batch.i === undefined ? null : openToken(secret, batch.i, site, batch.l);
    if (opened !== null) return { visitor: opened };
    const salt = await this.#salts.through(`${site}|${localDay(now, zone)}`, now, () =>
      this.salts.todaysSalt(site, zone, now),
    );
    const visitor = visitorHash(salt, viewer.address, viewer.userAgent);
    return { visitor, token: sealToken(secret, this.random(nonceBytes), visitor, site, batch.l) };
  }
}
