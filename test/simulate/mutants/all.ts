import type { Mutant } from '../mutant.ts';
import { archiveMutants } from './archive-mutants.ts';
import { dashboardMutants } from './dashboard-mutants.ts';
import { guardMutants } from './guard-mutants.ts';
import { handlerMutants } from './handler-mutants.ts';
import { nameMutants } from './name-mutants.ts';
import { rebuildMutants } from './rebuild-mutants.ts';
import { stateMutants } from './state-mutants.ts';

/** Every way of breaking one thing. The simulator is only worth something if it notices each of them. */
export const mutants: readonly Mutant[] = [
  ...guardMutants,
  ...stateMutants,
  ...handlerMutants,
  ...nameMutants,
  ...dashboardMutants,
  ...archiveMutants,
  ...rebuildMutants,
];

/** @throws Error that lists the names there are. */
export function mutantNamed(name: string): Mutant {
  const mutant = mutants.find((one) => one.name === name);
  if (!mutant) throw new Error(`there is no mutant "${name}"; there are ${mutants.map((one) => one.name).join(', ')}`);
  return mutant;
}
