/**
 * A plain recount of what ingest accepted: the records of each visitor, one after the other, each batch once. It shares the names
 * of items and counters with the product, and nothing of how they are come by.
 */
import type { StreamRecord } from '../../../functions/contract/record.ts';
import type { SiteConfig } from '../../../functions/contract/site.ts';
import { type Books, countAdditive } from './additive.ts';
import { Firsts } from './firsts.ts';
import { happeningsOf } from './happening.ts';
import { Presence } from './presence.ts';
import { Sessions } from './sessions.ts';
import { Transitions } from './transitions.ts';

/** A load is forgotten when its visitor has been heard of this much later. */
const rememberedMs = 72 * 3_600_000;

export interface Recount {
  batches: number;
  repeats: number;
  events: number;
  presence: Presence[];
}

export function recount(
  byVisitor: ReadonlyMap<string, StreamRecord[]>,
  configs: readonly SiteConfig[],
  books: Books,
): Recount {
  const result: Recount = { batches: 0, repeats: 0, events: 0, presence: [] };
  for (const records of byVisitor.values()) {
    const visitor = new Visitor(books, configs);
    for (const record of records) {
      const events = visitor.take(record);
      result.events += events;
      if (events > 0) result.batches += 1;
      else result.repeats += 1;
    }
    result.presence.push(visitor.presence);
  }
  return result;
}

class Visitor {
  readonly presence: Presence;
  readonly #firsts: Firsts;
  readonly #sessions: Sessions;
  readonly #transitions: Transitions;
  readonly #loads = new Map<string, { numbers: Set<number>; heardAt: number }>();
  #newest = 0;

  constructor(
    private readonly books: Books,
    private readonly configs: readonly SiteConfig[],
  ) {
    this.presence = new Presence(books);
    this.#firsts = new Firsts(books);
    this.#transitions = new Transitions(books);
    this.#sessions = new Sessions(books, this.#transitions);
  }

  /** How many events were counted: none of a repeat. */
  take(record: StreamRecord): number {
    const newest = Math.max(this.#newest, record.receivedAt);
    this.#forget(newest);
    const load = this.#loads.get(record.load) ?? { numbers: new Set(), heardAt: 0 };
    if (load.numbers.has(record.n)) return 0;
    load.numbers.add(record.n);
    this.#newest = newest;
    // Kept to the second.
    load.heardAt = Math.floor(newest / 1000) * 1000;
    this.#loads.set(record.load, load);
    this.#count(record);
    return record.events.length;
  }

  #count(record: StreamRecord): void {
    const config = this.configs[record.config - 1];
    if (!config) throw new Error(`a counted record names version ${record.config}, which never was`);
    const happenings = happeningsOf(record, config.zone, this.books.names);
    for (const happening of happenings) {
      countAdditive(happening, this.books);
      this.#firsts.take(happening, this.#newest);
    }
    this.#sessions.take(happenings, config);
    this.presence.take(record.load, happenings, record.receivedAt);
    this.#sessions.tell(this.presence.isHere);
  }

  #forget(newest: number): void {
    for (const [name, { heardAt }] of this.#loads) {
      if (heardAt + 1_000 > newest - rememberedMs) continue;
      this.#loads.delete(name);
      this.presence.forget(name);
      this.#transitions.forget(name);
    }
  }
}
