/** What was met in the view that a session would be left by, and in which views before it went on from them. */
import { kind } from '../../../functions/contract/event.ts';
import type { Books } from './additive.ts';
import type { Happening } from './happening.ts';

export class BeforeLeaving {
  #view: Happening | null = null;
  #met = new Set<string>();
  #engagedMs = 0;

  constructor(private readonly books: Pick<Books, 'ledger'>) {}

  /** A letter for each, in the order in which they are told. */
  get met(): string {
    return [...'RDHEL'].filter((letter) => this.#met.has(letter)).join('');
  }

  leaveBy(view: Happening): void {
    if (view === this.#view) return;
    for (const letter of this.#met) this.#count(`${letter}o`);
    this.#view = view;
    this.#met = new Set();
    this.#engagedMs = 0;
  }

  take({ event, record, order, named }: Happening): void {
    const view = this.#view;
    if (!view || record.load !== view.record.load || order <= view.order || named.id !== view.named.id) return;
    if (event[0] === kind.engaged) this.#engagedMs += event[3];
    const met: [letter: string, isMet: boolean][] = [
      ['R', event[0] === kind.rage && event[5] === 3],
      ['D', event[0] === kind.dead],
      ['H', event[0] === kind.hover && event[6] === 1],
      ['E', event[0] === kind.engaged && this.#engagedMs >= 10_000],
      ['L', event[0] === kind.reach && event[4] >= 10],
    ];
    for (const [letter, isMet] of met) {
      if (!isMet || this.#met.has(letter)) continue;
      this.#met.add(letter);
      this.#count(`${letter}i`);
    }
  }

  #count(name: string): void {
    if (this.#view) this.books.ledger.add(this.#view.named.key, name);
  }
}
