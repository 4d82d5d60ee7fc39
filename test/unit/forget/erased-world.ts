import { gunzipSync } from 'node:zlib';
import {
  elementPartition,
  parsePlaceCounter,
  parseTileSort,
  sessionPartitions,
  type Totals,
} from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import { type ErasePorts, erase, quietMs } from '../../../functions/forget/erase.ts';
import type { VisitorErasure } from '../../../functions/sites/visitor-erasure-store.ts';
import { auditDay } from '../../../localstack/audit/audit-day.ts';
import { rebuild } from '../../../localstack/rebuild/rebuild.ts';
import { epoch, site } from '../aggregate/given.ts';
import { day, now } from '../archive/archived-world.ts';
import { RebuildWorld, twoShards } from '../archive/rebuild-world.ts';

class Crash extends Error {}

/** Records that were counted and archived long ago, and the erasure of one of their visitors, which may end at any of its steps. */
export class ErasedWorld extends RebuildWorld {
  /** The write at which the erasure ends at once, before it or after it: what is read in between changes nothing. */
  crash: { at: number; when: 'before' | 'after' } | null = null;
  eraseSteps = 0;
  #requests = 0;

  constructor(records: readonly StreamRecord[]) {
    super(records, 1, twoShards);
    this.isAlone = true;
    this.hiddenMax = 0;
  }

  /** The stream has let go of everything, and nobody has come since. */
  age(ms = quietMs + 86_400_000): void {
    this.laterMs = ms;
    this.later = ms;
    this.shards.clear();
    this.processed.clear();
    this.archived.clear();
  }

  request(who: { visitor: string } | { load: string }): VisitorErasure {
    const id = String(1_795_435_200_000_123 + this.#requests++);
    return {
      site,
      id,
      day,
      ...who,
      requestedAt: now,
      state: 'waiting',
      at: now,
      why: '',
      records: 0,
      failedRecords: 0,
    };
  }

  /** Begun again as often as it is interrupted, with `meanwhile` in between. */
  async erase(who: { visitor: string } | { load: string }, meanwhile = async () => {}): Promise<VisitorErasure> {
    const request = this.request(who);
    for (;;) {
      try {
        return await erase(request, this.erasePorts());
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        this.crash = null;
        await meanwhile();
      }
    }
  }

  erasePorts(): ErasePorts {
    return {
      archive: this.#stepwise(this.archive),
      sites: this.auditPorts().sites,
      epoch,
      epochs: [epoch, '2'],
      admissions: this.admissions,
      visitorsOf: (of) => this.#stepwise(this.visitorsOf(of)),
      counterItems: this.#stepwise(this.counters),
      clock: () => now + this.laterMs,
    };
  }

  audit(of = epoch): ReturnType<typeof auditDay> {
    return auditDay(of, site, day, this.auditPorts(of));
  }
  rebuildNow(): ReturnType<typeof rebuild> {
    return rebuild(this.rebuildPorts(), { auditDays: 5, again: false });
  }

  /** Everything that is stored of visitors, as text. */
  async stored(visitors: readonly string[]): Promise<string> {
    const objects = [...this.archive.objects].map(([key, bytes]) => `${key}\n${textOf(key, bytes)}`);
    const states = [];
    for (const of of [epoch, '2']) states.push(...(await this.visitorsOf(of).load(site, [...visitors], 0)));
    return JSON.stringify([objects, states, [...this.claims], await this.sessions()]);
  }

  /** In both epochs. */
  async sessions(): Promise<Totals[]> {
    const partitions = [epoch, '2'].flatMap((of) => sessionPartitions(of, site, day));
    const sessions = [];
    for (const pk of partitions) sessions.push(...(await this.counters.partition(pk)));
    return sessions;
  }

  /** What an epoch counts of places, whichever tile holds them. */
  async placesOf(of: string): Promise<{ pk: string; counters: Record<string, number> }[]> {
    const places = new Map<string, Record<string, number>>();
    for (const page of ['/', '/pricing', '/blog/a', '/blog/b']) {
      const pk = elementPartition(of, site, day, nameId(page), 'desktop');
      const admitted = new Map(
        (await this.admissions.all(pk)).map((one) => [`${one.name[0]}|${one.tile}|${one.at}`, one.name]),
      );
      for (const { key, counters } of await this.counters.partition(pk)) {
        const { group, when, tile } = parseTileSort(key.sk);
        for (const [counter, value] of Object.entries(counters)) {
          const { at, name } = parsePlaceCounter(counter);
          const place = `${page} ${when} ${admitted.get(`${group}|${tile}|${at}`)}`;
          places.set(place, { ...places.get(place), [name]: value });
        }
      }
    }
    return [...places].map(([pk, counters]) => ({
      pk,
      counters: Object.fromEntries(Object.entries(counters).sort()),
    }));
  }

  #stepwise<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (!/^(put|delete|forget|forgetLoad)$/.test(String(name))) return value.bind(target);
        return async (...args: unknown[]) => {
          this.eraseSteps += 1;
          const isLast = this.crash?.at === this.eraseSteps;
          if (isLast && this.crash?.when === 'before') throw new Crash();
          const result: unknown = await value.apply(target, args);
          if (isLast) throw new Crash();
          return result;
        };
      },
    });
  }
}

/** What a failed record's bytes say is told as well. */
function textOf(key: string, bytes: Uint8Array): string {
  if (key.endsWith('.gz')) return gunzipSync(bytes).toString();
  const text = Buffer.from(bytes).toString();
  const { data } = JSON.parse(text) as { data?: string };
  return data ? `${text}\n${Buffer.from(data, 'base64')}` : text;
}
