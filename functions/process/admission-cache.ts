import type { Admissions } from '../aggregate/counted-name.ts';
import type { NameNeeded } from '../aggregate/names-needed.ts';
import type { Admission } from '../contract/admission.ts';
import type { AdmissionStore } from '../store/admission-store.ts';
import { BoundedMap } from './bounded-map.ts';
import { inParallel } from './in-parallel.ts';

const admitsAtOnceMax = 32;

interface Answer {
  admission: Admission | null;
}

/** Admissions met by this instance. They are write-once, refusals too, so a cached answer is as good as a read one. */
export class AdmissionCache {
  readonly #known: BoundedMap<Answer>;

  constructor(
    private readonly store: Pick<AdmissionStore, 'admit'>,
    entriesMax = 50_000,
  ) {
    this.#known = new BoundedMap(entriesMax);
  }

  /** Admits what is needed, pages before their elements; the result answers for exactly these names. @throws when the store fails. */
  async admit(needed: readonly NameNeeded[]): Promise<Admissions> {
    const answers = new Map<string, Answer>();
    const one = async (name: NameNeeded): Promise<void> => {
      const id = idOf(name.scope.pk, name.name);
      if (!answers.has(id)) answers.set(id, await this.#answer(id, name));
    };
    await inParallel(
      needed.filter(({ page }) => !page),
      admitsAtOnceMax,
      one,
    );
    // A place claims its slot, and the element its box, with the first record that names it: one at a time per name.
    const elements = needed.filter(({ page }) => page && answers.get(idOf(page.scope.pk, page.name))?.admission);
    const firsts = new Map<string, NameNeeded>();
    for (const name of elements) {
      const id = idOf(name.scope.pk, name.name);
      if (!firsts.has(id)) firsts.set(id, name);
    }
    await inParallel([...firsts.values()], admitsAtOnceMax, one);
    return { find: (pk, name) => found(answers, pk, name) };
  }

  async #answer(id: string, { scope, name, element }: NameNeeded): Promise<Answer> {
    const known = this.#known.get(id);
    if (known) return known;
    const answer = { admission: await this.store.admit(scope, name, element) };
    this.#known.set(id, answer);
    return answer;
  }
}

function idOf(pk: string, name: string): string {
  return `${pk}\n${name}`;
}

function found(answers: Map<string, Answer>, pk: string, name: string): Admission | null {
  const answer = answers.get(idOf(pk, name));
  if (!answer) throw new Error(`"${name}" was never asked for in ${pk}`);
  return answer.admission;
}
