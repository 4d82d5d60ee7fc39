import { formatVisitorState } from '../aggregate/visitor-state-text.ts';
import type { Totals } from '../contract/counter.ts';
import type { Lane } from '../contract/position.ts';
import { log } from '../log.ts';
import type { CounterStore } from '../store/counter-store.ts';
import type { ProgressStore } from '../store/progress-store.ts';
import type { VisitorStore } from '../store/visitor-store.ts';
import { expirySeconds } from './expiry.ts';
import { inParallel } from './in-parallel.ts';
import type { Run, StateChange } from './run.ts';

const writesAtOnceMax = 32;

export interface WriteRunDeps {
  counters: Pick<CounterStore, 'add'>;
  visitors: Pick<VisitorStore, 'retireLoad' | 'save'>;
  progress: Pick<ProgressStore, 'set'>;
  epoch: string;
}

/**
 * Writes a run in the one order that a crash can interrupt anywhere: every item; then what the states let go of (why that may
 * come late or twice: `retired-version.ts`); then the states, which pass over the run's records for good.
 * @returns the items' totals.
 * @throws when anything could not be written: the run is then to be tried again from its first record.
 */
export async function writeRun(lane: Lane, run: Run, deps: WriteRunDeps, now: number): Promise<Totals[]> {
  const added = await inParallel(run.items(), writesAtOnceMax, (item) => deps.counters.add(lane, item));
  await inParallel(run.retirements(), writesAtOnceMax, ({ visitor, load, version }) =>
    deps.visitors.retireLoad(visitor.site, load, version, visitor.guards, expirySeconds(visitor.state.newest, now)),
  );
  await inParallel([...run.states.values()], writesAtOnceMax, (change) => save(lane, change, deps, now));
  for (const [site, { tickedAt }] of run.sites) {
    if (tickedAt > 0) await deps.progress.set(deps.epoch, site, tickedAt);
  }
  return added.map(({ totals }) => totals);
}

async function save(
  lane: Lane,
  { visitor, position, state }: StateChange,
  { visitors }: WriteRunDeps,
  now: number,
): Promise<void> {
  const outcome = await visitors.save(visitor.site, visitor.visitor, {
    lane,
    guardBefore: visitor.guards[lane] ?? null,
    position,
    state: formatVisitorState(state),
    expiresAt: expirySeconds(state.newest, now),
  });
  if (outcome === 'superseded') log.info('another attempt has saved this state', { lane, position });
  visitor.guards[lane] = position;
}
