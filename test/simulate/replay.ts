/** One world, told from beginning to end; and, where it fails, what of it is enough to make it fail. */
import type { Mutant } from './mutant.ts';
import { type Outcome, runWorld } from './outcome.ts';
import { planWorld } from './plan.ts';
import { type Culprits, type Shrunk, shrink } from './shrink.ts';

/** Worlds run for shrinking one: a minute or two. */
const shrinkRunsMax = 250;
const differencesShown = 12;
/** Of a trace, around each fault. */
const linesBefore = 8;
const linesAfter = 12;

export interface Replay {
  seed: number;
  mutant: Mutant;
  only: ReadonlySet<string> | null;
  without: ReadonlySet<string>;
}

/** Runs the world once more, and tells every fault and what was invoked around it, in the order of its time. */
export async function trace({ seed, mutant, only, without }: Replay): Promise<{ lines: string[]; outcome: Outcome }> {
  const { start, loads, lateLoads } = planWorld(seed);
  const names = new Map<string, string>();
  for (const { name, visit, odd } of [...loads, ...lateLoads]) names.set(visit?.load ?? odd?.load ?? '', name);
  const named = (line: string) => line.replace(/[0-9a-f]{16}(?=#)/g, (load) => names.get(load) ?? load);
  const noted: { at: number; line: string }[] = [];
  const note = (line: () => string, at: number) => void noted.push({ at, line: line() });
  const outcome = await runWorld({ seed, mutant, only, without, note });
  for (const { id, at } of outcome.faults) noted.push({ at, line: `× ${id}` });
  noted.sort((one, other) => one.at - other.at);
  return { lines: aroundFaults(noted.map(({ at, line }) => `${elapsed(at - start)}  ${named(line)}`)), outcome };
}

/** Faults are marked; where none is near, only the number of lines is told. */
function aroundFaults(lines: string[]): string[] {
  const isNear = lines.map(() => false);
  for (const [index, line] of lines.entries()) {
    if (!line.includes('×')) continue;
    isNear.fill(true, Math.max(0, index - linesBefore), index + linesAfter);
  }
  const told: string[] = [];
  let passed = 0;
  for (const [index, line] of lines.entries()) {
    if (!isNear[index]) passed++;
    if (passed > 0 && (isNear[index] || index === lines.length - 1))
      told.push(`… ${passed} lines of nothing going wrong`);
    if (isNear[index]) passed = 0;
    if (isNear[index]) told.push(line);
  }
  return told;
}

export function shrinkWorld(failing: Outcome, { seed, mutant }: Replay): Promise<Shrunk> {
  const { loads, lateLoads } = planWorld(seed);
  const names = [...loads, ...lateLoads].map(({ name }) => name);
  const run = (culprits: Culprits) => runWorld({ seed, mutant, ...culprits });
  return shrink(failing, names, run, shrinkRunsMax);
}

export function differencesText({ differences }: Outcome): string {
  const shown = differences.slice(0, differencesShown).map((difference) => `  ${difference}`);
  const more = differences.length - shown.length;
  return [...shown, ...(more > 0 ? [`  … and ${more} more`] : [])].join('\n');
}

/** The command that plays the shrunk world again. */
export function replayCommand({ seed, mutant }: Replay, { faults, without }: Shrunk): string {
  const named = mutant.name === 'none' ? '' : ` --mutant ${mutant.name}`;
  const quoted = (list: string[]) => `'${JSON.stringify(list)}'`;
  return `npm run simulate -- --seed ${seed}${named} --only ${quoted(faults)} --without ${quoted(without)}`;
}

function elapsed(ms: number): string {
  const at = Math.max(0, ms);
  const hours = String(Math.floor(at / 3_600_000)).padStart(3);
  const minutes = String(Math.floor(at / 60_000) % 60).padStart(2, '0');
  return `${hours}:${minutes}:${String(((at / 1000) % 60).toFixed(3)).padStart(6, '0')}`;
}
