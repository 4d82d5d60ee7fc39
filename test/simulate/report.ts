/** What a run of many worlds says of itself. */
import { type FaultKind, faultKinds } from './faults.ts';
import type { Figures, Outcome } from './outcome.ts';

export interface Tally {
  worlds: number;
  differences: number;
  failedSeeds: number[];
  faults: Map<FaultKind, number>;
  sums: Figures;
  least: Figures;
}

/** What a worker tells of a world: small enough to be posted for each. */
export interface WorldReport {
  seed: number;
  differences: string[];
  faults: Partial<Record<FaultKind, number>>;
  figures: Figures;
}

const noFigures: Figures = {
  visitors: 0,
  batches: 0,
  repeats: 0,
  events: 0,
  records: 0,
  shards: 0,
  invocations: 0,
  failed: 0,
  items: 0,
};

export function reportOf({ seed, differences, faults, figures }: Outcome): WorldReport {
  const counts: Partial<Record<FaultKind, number>> = {};
  for (const { kind } of faults) counts[kind] = (counts[kind] ?? 0) + 1;
  return { seed, differences, faults: counts, figures };
}

export function newTally(): Tally {
  return {
    worlds: 0,
    differences: 0,
    failedSeeds: [],
    faults: new Map(faultKinds.map((kind) => [kind, 0])),
    sums: { ...noFigures },
    least: mapFigures(() => Number.POSITIVE_INFINITY),
  };
}

export function addTo(tally: Tally, { seed, differences, faults, figures }: WorldReport): void {
  tally.worlds += 1;
  tally.differences += differences.length;
  if (differences.length > 0) tally.failedSeeds.push(seed);
  for (const kind of faultKinds) tally.faults.set(kind, (tally.faults.get(kind) ?? 0) + (faults[kind] ?? 0));
  tally.sums = mapFigures((name) => tally.sums[name] + figures[name]);
  tally.least = mapFigures((name) => Math.min(tally.least[name], figures[name]));
}

export function tallyText(
  { worlds, differences, faults, sums, least }: Tally,
  elapsedMs: number,
  cpuMs: number,
): string {
  const byCount = [...faults].sort(([, one], [, other]) => other - one);
  const over = byCount.filter(([, count]) => count > 1_000).length;
  return [
    ...byCount.map(([kind, count]) => `${String(count).padStart(9)}  ${kind}`),
    '',
    `${worlds} worlds in ${seconds(elapsedMs)} s (${seconds(cpuMs)} s of CPU)`,
    `${sums.events} events in ${sums.batches} batches counted, ${sums.repeats} repeats dropped, ${sums.failed} records set aside`,
    `${sums.records} records on the stream, ${sums.invocations} invocations, ${sums.items} items compared`,
    `each world: at least ${least.visitors} visitors, ${least.batches} batches and ${least.shards} shards`,
    `${byCount.length} kinds of faults, ${over} of them more than 1,000 times`,
    `${differences} differences`,
  ].join('\n');
}

function mapFigures(of: (name: keyof Figures) => number): Figures {
  const figures = { ...noFigures };
  for (const name of Object.keys(figures) as (keyof Figures)[]) figures[name] = of(name);
  return figures;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
