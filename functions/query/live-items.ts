/** Reads the live items of a site around now, and tells how far the stream has been processed. */
import { activeMinutes } from '../contract/active.ts';
import { livePartition, type Totals } from '../contract/counter.ts';
import { inParallel } from './in-parallel.ts';
import type { QueryPorts } from './query-ports.ts';

export interface LiveState {
  /** The newest instant processed, ms since the epoch; 0: none. */
  asOf: number;
  /** Live items of (at least) the minutes that active now is told from. */
  items: Totals[];
}

/** Where neither progress nor the last minute says how far the stream is, this far back is looked. */
const lookBackMinutes = 60;

type LivePorts = Pick<QueryPorts, 'epoch' | 'counters' | 'progress'>;

export async function readLive(site: string, now: number, ports: LivePorts): Promise<LiveState> {
  // Progress before items: then everything up to `asOf` is in what is read.
  const progress = await ports.progress.get(ports.epoch, site);
  const recent = activeMinutes(now);
  const [oldestRecent = 0] = recent;
  const items = await readMinutes(site, recent, ports);
  const asOf = Math.max(progress, newestAt(items));
  if (asOf > 0 && (activeMinutes(asOf)[0] ?? 0) >= oldestRecent) return { asOf, items };

  // The stream stands still, or nobody has visited for a while: what it last knew is further back.
  const oldest = Math.max(oldestRecent - lookBackMinutes, activeMinutes(progress)[0] ?? 0);
  const older = Array.from({ length: oldestRecent - oldest }, (_, index) => oldest + index);
  const all = [...(await readMinutes(site, older, ports)), ...items];
  const stoodAt = Math.max(progress, newestAt(all));
  const beyond = stoodAt > 0 ? activeMinutes(stoodAt).filter((minute) => minute < oldest) : [];
  return { asOf: stoodAt, items: [...(await readMinutes(site, beyond, ports)), ...all] };
}

export async function readMinutes(
  site: string,
  minutes: number[],
  ports: Pick<QueryPorts, 'epoch' | 'counters'>,
): Promise<Totals[]> {
  const read = (minute: number) => ports.counters.partition(livePartition(ports.epoch, site, minute));
  return (await inParallel(minutes, read)).flat();
}

function newestAt(items: Totals[]): number {
  return items.reduce((newest, { texts }) => Math.max(newest, Number(texts.at ?? 0)), 0);
}
