import { emptyVisitorState, type VisitorState } from '../aggregate/visitor-state.ts';
import { parseVisitorState } from '../aggregate/visitor-state-text.ts';
import type { Lane, Position } from '../contract/position.ts';
import type { StoredVisitor, VisitorStore } from '../store/visitor-store.ts';
import { isRecordEntry, type LaneBatch } from './batch.ts';
import { inParallel } from './in-parallel.ts';

/** A visitor as a batch goes on: its state after the records folded so far, and what is stored of it. */
export interface VisitorInBatch {
  site: string;
  visitor: string;
  state: VisitorState;
  /** As stored, all lanes; this lane's moves on with each run that is saved. */
  guards: Record<Lane, Position>;
  /** What is kept of loads that the state does not hold; null: nothing. */
  retired: Map<string, string | null>;
  /** Set where the stored state could not be read: its records are set aside, so that they hold up nobody else. */
  fault: string | null;
}

const sitesAtOnceMax = 8;

export function visitorName(site: string, visitor: string): string {
  return `${site}|${visitor}`;
}

/** The states of all visitors in a batch. @throws when the store could not be read. */
export async function loadVisitors(
  { entries }: LaneBatch,
  store: Pick<VisitorStore, 'load'>,
): Promise<Map<string, VisitorInBatch>> {
  const bySite = new Map<string, Set<string>>();
  for (const { record } of entries.filter(isRecordEntry).map(({ content }) => content)) {
    const visitors = bySite.get(record.site) ?? new Set();
    bySite.set(record.site, visitors.add(record.visitor));
  }
  const loaded = new Map<string, VisitorInBatch>();
  await inParallel([...bySite], sitesAtOnceMax, async ([site, visitors]) => {
    // The fold forgets by the records' own time. A store that judged expiry by the clock would answer attempts differently.
    const stored = await store.load(site, [...visitors], 0);
    for (const visitor of visitors) {
      loaded.set(visitorName(site, visitor), visitorOf(site, visitor, stored.get(visitor)));
    }
  });
  return loaded;
}

function visitorOf(site: string, visitor: string, stored: StoredVisitor | undefined): VisitorInBatch {
  const fresh = { site, visitor, state: emptyVisitorState(), guards: stored?.guards ?? {}, retired: new Map() };
  if (!stored) return { ...fresh, fault: null };
  try {
    return { ...fresh, state: parseVisitorState(stored.state), fault: null };
  } catch (error) {
    return { ...fresh, fault: error instanceof Error ? error.message : String(error) };
  }
}
