/** Makes a failing world small: as few faults and as few loads as still make it fail. */
import type { Outcome } from './outcome.ts';

export interface Shrunk {
  faults: string[];
  /** Loads that stay away. */
  without: string[];
  outcome: Outcome;
  runs: number;
}

export interface Culprits {
  only: ReadonlySet<string>;
  without: ReadonlySet<string>;
}
export type Run = (culprits: Culprits) => Promise<Outcome>;

/** @param failing the outcome with nothing left out. @param loads every load's name. */
export async function shrink(failing: Outcome, loads: readonly string[], run: Run, runsMax: number): Promise<Shrunk> {
  let runs = 0;
  let best = failing;
  // Another failure that turns up on the way is not the one to be explained.
  const [symptom] = symptomsOf(failing.differences);
  const struck = () => [...new Set(best.faults.map(({ id }) => id))];
  const fails = async (faults: readonly string[], kept: readonly string[]): Promise<boolean> => {
    if (runs >= runsMax) return false;
    runs++;
    const without = new Set(loads.filter((load) => !kept.includes(load)));
    const outcome = await run({ only: new Set(faults), without });
    if (!symptomsOf(outcome.differences).has(symptom)) return false;
    best = outcome;
    return true;
  };
  // Kinds first, which are few, each with every chance that it has; then loads: whoever stays away takes faults along. What did
  // not strike is then no longer tried.
  const kinds = await fewest([...new Set(struck().map(kindOf))], (those) => fails(those.map(anyOf), loads));
  const kept = await fewest(loads, (those) => fails(kinds.map(anyOf), those));
  const faults = await fewest(struck(), (those) => fails(those, kept), struck);
  const last = await fewest(kept, (those) => fails(faults, those));
  return { faults, without: loads.filter((load) => !last.includes(load)), outcome: best, runs };
}

/**
 * A small part of the list with which it still fails (Zeller's ddmin: halves, then quarters … are left out).
 * @param mattered what of a part that failed can have mattered
 */
async function fewest<T>(
  list: readonly T[],
  fails: (part: T[]) => Promise<boolean>,
  mattered?: () => readonly T[],
): Promise<T[]> {
  let kept = [...list];
  for (let pieces = 2; kept.length > 0; ) {
    const size = Math.ceil(kept.length / pieces);
    let shorter: T[] | null = null;
    for (let from = 0; from < kept.length && !shorter; from += size) {
      const rest = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (await fails(rest)) shorter = rest;
    }
    if (shorter) {
      const can = mattered?.();
      kept = can ? shorter.filter((one) => can.includes(one)) : shorter;
      pieces = Math.max(2, pieces - 1);
    } else if (size === 1) break;
    else pieces = Math.min(kept.length, pieces * 2);
  }
  return kept;
}

function kindOf(id: string): string {
  return id.slice(0, id.indexOf('@'));
}
function anyOf(kind: string): string {
  return `${kind}@*`;
}

/** What is wrong, roughly: too much or too little counted, or (the first word of) whatever else. */
function symptomsOf(differences: readonly string[]): Set<string | undefined> {
  return new Set(
    differences.map((difference) => {
      const [, happened, counted] = /: (-?\d+) happened, (-?\d+) counted$/.exec(difference) ?? [];
      if (happened === undefined) return difference.split(' ')[0];
      return Number(happened) > Number(counted) ? 'too little' : 'too much';
    }),
  );
}
