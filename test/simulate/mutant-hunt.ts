/** Whether the simulator notices a mutant, and by which world. */
import type { Mutant } from './mutant.ts';
import { runWorld } from './outcome.ts';

/** A mutant is to be noticed within so many worlds. */
export const mutantSeedsMax = 200;

export interface Noticed {
  seed: number;
  differences: string[];
}

/** The first world to notice it, those where it is known to be noticed tried before all others; null: it goes unnoticed. */
export async function firstToNotice(mutant: Mutant): Promise<Noticed | null> {
  const others = Array.from({ length: mutantSeedsMax }, (_, index) => index + 1);
  for (const seed of new Set([...mutant.seeds, ...others])) {
    const differences = await noticedBy(mutant, seed);
    if (differences.length > 0) return { seed, differences };
  }
  return null;
}

/** What differs in a world because of the mutant: nothing, if something does without it, too. */
async function noticedBy(mutant: Mutant, seed: number): Promise<string[]> {
  const { symptom } = mutant;
  const { differences } = await runWorld({ seed, mutant });
  const telling = symptom ? differences.filter((difference) => symptom.test(difference)) : differences;
  if (telling.length === 0) return [];
  const sound = await runWorld({ seed });
  return sound.differences.length === 0 ? telling : [];
}
