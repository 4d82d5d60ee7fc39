/**
 * Admission of places, first come, first served.
 *
 * A scope's rows cover its slots 0, 1, 2 … without a gap: a claimer knows every row before the slot at which it puts its own,
 * and the put fails if a row stands there. So
 * - a name never stands twice: whoever put it at a slot had read all slots before that one, and found it in none; another claimer
 *   either put its row later, and has then read this one, or tried for the same slot, and one of the two failed;
 * - which tile and index a place gets is a function of the rows before it, and is written down with it;
 * - a row is never changed or taken away while its day may still be counted, so an answer, and "full" too, is the same for every
 *   attempt. A claimer that dies after its put has admitted what it put; one that dies before has done nothing;
 * - reads need not be consistent: what they miss makes the put fail, and is read then. A read that shows a row but not the one
 *   before it is used up to the gap.
 */
import type { Admission, AdmissionScope, ElementFacts } from '../contract/admission.ts';
import type { AdmissionRow, AdmissionRows } from './admission-rows.ts';
import { Tiles } from './tiles.ts';

/** Scopes that are remembered: a page's elements on one device class and day, each at most 1,024 places. */
const scopesMax = 256;
/** Of a row's admissions: many a write, and below what an item may have. One alone has at most 2 KB. */
const rowBytesMax = 3_000;

interface Wish {
  name: string;
  element: ElementFacts | undefined;
  answer(admission: Admission | null): void;
  fail(error: unknown): void;
}

interface Scope {
  /** The first slot that is not known to be taken. */
  next: number;
  byName: Map<string, Admission>;
  tiles: Tiles;
  /** Wishes not yet answered, in the order in which they came. One claim is under way while there are any. */
  waiting: Wish[];
}

/** What an instance knows of the scopes it has met. */
export class FirstCome {
  readonly #scopes = new Map<string, Scope>();

  constructor(private readonly rows: AdmissionRows) {}

  /** @throws when the store fails: then the name may have been admitted, or not. */
  admit({ pk, slotCount }: AdmissionScope, name: string, element?: ElementFacts): Promise<Admission | null> {
    const scope = this.#scope(pk);
    const known = scope.byName.get(name);
    if (known) return Promise.resolve(known);
    if (scope.next >= slotCount) return Promise.resolve(null);
    return new Promise((answer, fail) => {
      scope.waiting.push({ name, element, answer, fail });
      if (scope.waiting.length === 1) void this.#settle(pk, slotCount, scope);
    });
  }

  /** Answers all that wait, and what comes meanwhile: names that wait together are put down by one write. */
  async #settle(pk: string, slotCount: number, scope: Scope): Promise<void> {
    try {
      await this.#read(pk, scope);
      while (answerKnown(scope, slotCount)) {
        const row = rowOf(scope, slotCount);
        const holder = await this.rows.put(pk, row);
        learn(scope, holder ?? row);
        if (holder) await this.#read(pk, scope);
      }
    } catch (error) {
      for (const { fail } of scope.waiting.splice(0)) fail(error);
    }
  }

  /** Only what is newer than what is known. */
  async #read(pk: string, scope: Scope): Promise<void> {
    for (const row of await this.rows.from(pk, scope.next, false)) learn(scope, row);
  }

  #scope(pk: string): Scope {
    const known = this.#scopes.get(pk) ?? { next: 0, byName: new Map(), tiles: new Tiles(), waiting: [] };
    // The one asked for last stands last.
    this.#scopes.delete(pk);
    this.#scopes.set(pk, known);
    for (const [oldest, { waiting }] of this.#scopes) {
      if (this.#scopes.size <= scopesMax) break;
      // One that is forgotten is read again; one with a claim under way would claim beside itself, which is only dearer.
      if (waiting.length === 0) this.#scopes.delete(oldest);
    }
    return known;
  }
}

function learn(scope: Scope, { slot, admissions }: AdmissionRow): void {
  if (slot !== scope.next) return;
  for (const admission of admissions) {
    scope.byName.set(admission.name, admission);
    scope.tiles.take(admission.name, admission.tile ?? 0, admission.at ?? 0);
  }
  scope.next += admissions.length;
}

/** @returns whether any wish is left to be put down. */
function answerKnown(scope: Scope, slotCount: number): boolean {
  const waiting = scope.waiting.splice(0);
  const isFull = scope.next >= slotCount;
  for (const wish of waiting) {
    const known = scope.byName.get(wish.name);
    if (known || isFull) wish.answer(known ?? null);
    else scope.waiting.push(wish);
  }
  return scope.waiting.length > 0;
}

/** As many of the waiting names as a row takes, at least one, in order. */
function rowOf({ waiting, tiles, next }: Scope, slotCount: number): AdmissionRow {
  const draft = tiles.copy();
  const admissions = new Map<string, Admission>();
  let bytes = 0;
  for (const { name, element } of waiting) {
    if (admissions.has(name)) continue;
    const slot = next + admissions.size;
    const { tile, at } = draft.roomFor(name);
    const admission = { slot, name, ...(element && { element }), tile, at };
    bytes += Buffer.byteLength(JSON.stringify(admission));
    if (admissions.size > 0 && (bytes > rowBytesMax || slot >= slotCount)) break;
    draft.take(name, tile, at);
    admissions.set(name, admission);
  }
  return { slot: next, admissions: [...admissions.values()] };
}
