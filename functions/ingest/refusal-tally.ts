import { unknownSite } from '../contract/failed.ts';
import { log } from '../log.ts';
import type { Refusal, RefusalStore } from '../sites/refusal-store.ts';
import { withoutValues } from '../stream/without-values.ts';
import type { BotCode } from './bot.ts';
import type { RejectionCode } from './rejection.ts';

/** A flood of rubbish costs one write in this time and instance, however large it is. */
const writeEveryMs = 20_000;
const sitesMax = 100;
const sampleLengthMax = 200;

/** Counts what this instance refuses, with one sample a reason, and writes it down now and then. */
export class RefusalTally {
  readonly #sites = new Map<string, Map<string, Refusal>>();
  #writtenAt = 0;

  constructor(private readonly store: Pick<RefusalStore, 'add'>) {}

  /** `site`: null where it could not be told. */
  note(site: string | null, { code, message }: { code: RejectionCode | BotCode; message: string }): void {
    const name = site !== null && (this.#sites.size < sitesMax || this.#sites.has(site)) ? site : unknownSite;
    const codes = this.#sites.get(name) ?? new Map<string, Refusal>();
    this.#sites.set(name, codes);
    // A page's origin is nobody's secret, and the one thing that its owner must be told.
    const sample = (code === 'foreign-origin' ? message : withoutValues(message)).slice(0, sampleLengthMax);
    codes.set(code, { code, batches: (codes.get(code)?.batches ?? 0) + 1, sample });
  }

  /** Never throws: what can't be written is kept for the next time. */
  async writeWhenDue(now: number): Promise<void> {
    if (this.#sites.size === 0 || now - this.#writtenAt < writeEveryMs) return;
    this.#writtenAt = now;
    const date = new Date(now).toISOString().slice(0, 10);
    for (const [site, codes] of [...this.#sites]) {
      this.#sites.delete(site);
      try {
        await this.store.add(site, date, [...codes.values()]);
      } catch (error) {
        log.error('refusals could not be written down', error, { site });
        for (const { batches, ...rest } of codes.values()) this.#putBack(site, { batches, ...rest });
      }
    }
  }

  #putBack(site: string, refusal: Refusal): void {
    const codes = this.#sites.get(site) ?? new Map<string, Refusal>();
    this.#sites.set(site, codes);
    codes.set(refusal.code, { ...refusal, batches: refusal.batches + (codes.get(refusal.code)?.batches ?? 0) });
  }
}
