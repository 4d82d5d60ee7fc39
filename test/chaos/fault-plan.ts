import { Random } from '../../localstack/visitors/random.ts';
import { type FaultKind, faultKinds, type Place, places } from './fault-kinds.ts';

export interface Fault {
  kind: FaultKind;
  /** For kinds that wait: how long, ms. */
  ms: number;
}

/** How long a late call, or a connection that will be cut, goes on. */
const lateMsMin = 200;
const lateMsMax = 2_500;

interface Course {
  random: Random;
  /** Kinds that are still to come before all of them come again. */
  bag: FaultKind[];
  /** Calls that pass before the next fault. */
  gap: number;
}

/**
 * Which calls of a place meet which fault, drawn from one seed: the same seed breaks the same calls (the 17th write of an item,
 * the 40th …) in the same way. Which call is the 17th is up to the machine: what runs side by side has no order of its own.
 */
export class FaultPlan {
  readonly #courses: Map<Place, Course>;
  readonly #frequency: number;
  readonly #struck = new Map<FaultKind, number>(faultKinds.map((kind) => [kind, 0]));
  #resting = false;

  /** @param frequency how many times as often as usual; a short or quiet run wants more. */
  constructor(seed: number, frequency = 1) {
    const random = new Random(seed);
    this.#courses = new Map(
      (Object.keys(places) as Place[]).map((place) => [place, course(place, random.fork(), frequency)]),
    );
    this.#frequency = frequency;
  }
  /** The fault that the next call of a place meets; null: none. */
  next(place: Place): Fault | null {
    const course = this.#courses.get(place);
    if (this.#resting || !course || course.gap-- > 0) return null;
    course.gap = gapOf(place, course.random, this.#frequency);
    if (course.bag.length === 0) course.bag = shuffled(places[place].kinds, course.random);
    const kind = course.bag.pop();
    const ms = course.random.whole(lateMsMin, lateMsMax);
    return kind ? { kind, ms } : null;
  }

  /** From now on nothing goes wrong. */
  rest(): void {
    this.#resting = true;
  }

  /** A fault has changed the course of a call. */
  strike(kind: FaultKind): void {
    this.#struck.set(kind, (this.#struck.get(kind) ?? 0) + 1);
  }

  /** How often each kind has struck, those that never did among them. */
  struck(): ReadonlyMap<FaultKind, number> {
    return this.#struck;
  }

  total(): number {
    return [...this.#struck.values()].reduce((sum, times) => sum + times, 0);
  }
}

function course(place: Place, random: Random, frequency: number): Course {
  return { random, bag: [], gap: gapOf(place, random, frequency) };
}

function gapOf(place: Place, random: Random, frequency: number): number {
  return random.whole(0, Math.max(0, Math.round((2 * places[place].oneIn) / frequency) - 2));
}

function shuffled<T>(all: readonly T[], random: Random): T[] {
  const rest = [...all];
  return all.map(() => rest.splice(random.whole(0, rest.length - 1), 1)[0] as T);
}
