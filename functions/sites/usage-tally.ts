import { addUsage, type Usage } from '../contract/usage.ts';
import { log } from '../log.ts';
import type { UsageStore } from './usage-store.ts';

/** A site costs one write in this time and instance, however much it uses. */
const writeEveryMs = 60_000;
const sitesMax = 1_000;

/** Counts what sites use of this instance, and writes it down now and then. */
export class UsageTally {
  #sites = new Map<string, Usage>();
  #writtenAt: number | null = null;

  constructor(private readonly store: Pick<UsageStore, 'add'>) {}

  /** Beyond a thousand sites a minute, further ones are not counted: the meter is then too low, and nothing else. */
  note(site: string, usage: Usage): void {
    if (this.#sites.size >= sitesMax && !this.#sites.has(site)) return;
    this.#sites.set(site, addUsage(this.#sites.get(site) ?? {}, usage));
  }

  /** The first time, soon: most instances of a quiet site do not live for long. Never throws: what can't be written is kept. */
  async writeWhenDue(now: number): Promise<void> {
    if (this.#sites.size === 0 || (this.#writtenAt !== null && now - this.#writtenAt < writeEveryMs)) return;
    this.#writtenAt = now;
    const due = this.#sites;
    this.#sites = new Map();
    const date = new Date(now).toISOString().slice(0, 10);
    for (const [site, usage] of due) {
      try {
        await this.store.add(site, date, usage);
      } catch (error) {
        log.error('usage could not be written down', error, { site });
        this.note(site, usage);
      }
    }
  }
}
