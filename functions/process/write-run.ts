import { formatVisitorState } from '../aggregate/visitor-state-text.ts';
import { keyText, type Totals } from '../contract/counter.ts';
import type { Lane } from '../contract/position.ts';
import { log } from '../log.ts';
import type { CounterStore, ItemIncrements } from '../store/counter-store.ts';
import type { ProgressStore } from '../store/progress-store.ts';
import type { Closing, SetAsideStore } from '../store/set-aside-store.ts';
import { UnwritableError } from '../store/unwritable-error.ts';
import type { VisitorStore } from '../store/visitor-store.ts';
import type { Agreed } from './agree.ts';
import { expirySeconds } from './expiry.ts';
import type { FailedStore } from './failed-store.ts';
import { inParallel } from './in-parallel.ts';
import { itemExpiry } from './item-expiry.ts';
import type { Run, StateChange } from './run.ts';
import { recordOfIncrements } from './unwritable.ts';

const writesAtOnceMax = 32;
/** A lane's notes are read with every batch. */
const faultCharactersMax = 200;

export interface WriteRunDeps {
  counters: Pick<CounterStore, 'add'>;
  visitors: Pick<VisitorStore, 'retireLoad' | 'save'>;
  progress: Pick<ProgressStore, 'set'>;
  setAside: Pick<SetAsideStore, 'close'>;
  failed: FailedStore;
  epoch: string;
}

/** The lane that a run is of, and the items that it writes no more. */
export type RunLane = Pick<Agreed, 'shardId' | 'lane' | 'closed'>;

/**
 * Writes a run in the one order that a crash can interrupt anywhere: every item; then what the states let go of (why that may
 * come late or twice: `retired-version.ts`); then the states, which pass over the run's records for good.
 * @returns the items' totals, how many of them had counted a part of it before, and how many items' increments wait instead
 * (`unwritable.ts`).
 * @throws when anything could not be written: the run is then to be tried again from its first record.
 */
export async function writeRun(
  of: RunLane,
  run: Run,
  deps: WriteRunDeps,
  now: number,
): Promise<{ totals: Totals[]; conflicts: number; waiting: number }> {
  const totals: Totals[] = [];
  let conflicts = 0;
  const unwritable: UnwritableError[] = [];
  const items = run.items();
  await inParallel(items, writesAtOnceMax, async (item) => {
    const closing = of.closed.get(keyText(item.key));
    if (closing) return keep(of, run, item, closing, deps.failed);
    try {
      const added = await deps.counters.add(of.lane, item);
      totals.push(added.totals);
      if (added.outcome !== 'counted') conflicts += 1;
    } catch (error) {
      if (!(error instanceof UnwritableError)) throw error;
      unwritable.push(error);
    }
  });
  if (unwritable.length > 0) await closeAll(of.lane, unwritable, deps, now);
  await inParallel(run.retirements(), writesAtOnceMax, ({ visitor, load, version }) =>
    deps.visitors.retireLoad(visitor.site, load, version, visitor.guards, expirySeconds(visitor.state.newest, now)),
  );
  await inParallel([...run.states.values()], writesAtOnceMax, (change) => save(of.lane, change, deps, now));
  for (const [site, { tickedAt }] of run.sites) {
    if (tickedAt > 0) await deps.progress.set(deps.epoch, site, tickedAt);
  }
  return { totals, conflicts, waiting: items.length - totals.length };
}

async function keep(
  { shardId, lane }: RunLane,
  run: Run,
  item: ItemIncrements,
  closing: Closing,
  failed: FailedStore,
): Promise<void> {
  await failed.put(recordOfIncrements(shardId, { lane, item }, closing, run.first.source));
}

/** @throws always: from the next attempt on, everybody keeps what these items are to get. */
async function closeAll(
  lane: Lane,
  unwritable: readonly UnwritableError[],
  { setAside }: WriteRunDeps,
  now: number,
): Promise<never> {
  for (const { key, message } of unwritable) {
    const closing = { fault: message.slice(0, faultCharactersMax), expiresAt: itemExpiry(key) };
    await setAside.close(lane, key, closing, Math.floor(now / 1000));
    log.error('item is closed: what it is to get waits', message, { lane, pk: key.pk, sk: key.sk });
  }
  throw new Error(`${unwritable.length} items cannot be written`);
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
