/**
 * Attempts at the same records must agree on which of them are set aside. Otherwise a record that could not be counted when an
 * attempt moved items' guards past it, and can be by the time of the retry, counts in the items that the first one did not touch,
 * and in no others. So setting aside is a decision that stands, taken before anything is counted, and whoever folds asks for it.
 *
 * Asking for each record would cost a read each. It is enough to look at the lane's mark, the newest position that anybody ever
 * set aside, once all is read that the fold depends on (`mayFold`); only at and before it are there decisions to ask for.
 *
 * Why none is missed. Who sets aside begins, reads everything anew, raises the mark if nobody came between, and then decides. Say
 * F folds a record that A sets aside. What is needed to fold a record may come late, and then it is there for good: a version
 * of a configuration, code that knows more. So A read before F did. Where A raised the mark before F asked, F found the mark and
 * decided on the record, or took over A's decision. Where A had not yet raised it, A had begun, because it begins before it reads,
 * and F reads before it asks: so F's asking ended what A had begun, A could not raise the mark, and gave up.
 * What this leaves open: older code put back in place of newer, while an attempt of the newer is still under way.
 *
 * The object under `failed/` is put after the decision and before anything is counted, by every attempt that comes so far, all
 * from the words of the decision: so it is there whenever a guard has passed its record, and there is one.
 */
import type { Lane, Position } from '../contract/position.ts';
import type { LaneNotes, SetAside, SetAsideStore } from '../store/set-aside-store.ts';
import { type Entry, isFailedEntry, isRecordEntry, type StreamBatch } from './batch.ts';
import { expirySeconds } from './expiry.ts';
import { inParallel } from './in-parallel.ts';
import { type PrepareDeps, type Prepared, prepare } from './prepare.ts';

export interface AgreeDeps extends PrepareDeps {
  setAside: SetAsideStore;
}

/** A batch that may be written. */
export interface Agreed extends Prepared, Pick<LaneNotes, 'closed'> {}

/** A batch is prepared again each time that something of it turns out to be set aside: hardly ever more than once. */
const roundsMax = 8;
const decisionsAtOnceMax = 32;
/** A decision is one small item, whatever a fault has to say. */
const messageCharactersMax = 1_000;

/**
 * Prepares a batch such that every attempt sets aside the same of its records.
 * @throws when a port failed, or when another attempt was faster: the batch is then to be tried again.
 */
export async function prepareAgreed(batch: StreamBatch, lane: Lane, deps: AgreeDeps): Promise<Agreed> {
  const known = new Map<Position, SetAside>();
  let begun: Awaited<ReturnType<SetAsideStore['begin']>> | null = null;
  for (let round = 0; round < roundsMax; round++) {
    const prepared = await prepare(batch, lane, deps, known);
    const failing = prepared.entries.filter(isFailedEntry).filter(({ position }) => !known.has(position));
    const last = failing.at(-1);
    if (last && !begun) {
      begun = await deps.setAside.begin(lane);
      continue;
    }
    if (last && begun) await raise(lane, begun, last.position, deps.setAside);
    // What is past the mark as it was is decided on by nobody else.
    const { mark, closed } = begun && last ? begun : await deps.setAside.mayFold(lane);
    begun = null;
    const folded = prepared.entries.filter(isRecordEntry).filter(({ position }) => mark !== null && position <= mark);
    await inParallel(failing, decisionsAtOnceMax, async (entry) => {
      const { site, reason, message } = entry.content;
      const stands = await decide(lane, entry, { site, reason, message: message.slice(0, messageCharactersMax) }, deps);
      if (!stands) throw new Error(`record ${entry.source.sequenceNumber} was folded by another attempt`);
      known.set(entry.position, stands);
      entry.content = { what: 'failed', ...stands };
    });
    const before = known.size;
    await inParallel(folded, decisionsAtOnceMax, async (entry) => {
      const stands = await decide(lane, entry, null, deps);
      if (stands) known.set(entry.position, stands);
    });
    if (known.size === before) return { ...prepared, closed };
  }
  throw new Error(`what of ${batch.records.length} records is set aside changed ${roundsMax} times`);
}

async function raise(
  lane: Lane,
  { ticket, mark }: { ticket: number; mark: Position | null },
  last: Position,
  store: SetAsideStore,
): Promise<void> {
  const isRaised = await store.raise(lane, ticket, mark !== null && mark > last ? mark : last);
  if (!isRaised) throw new Error(`another attempt was faster to decide what of lane ${lane} is set aside`);
}

function decide(
  lane: Lane,
  { position, source }: Entry,
  decision: SetAside | null,
  { setAside, clock }: AgreeDeps,
): Promise<SetAside | null> {
  return setAside.decide(lane, position, decision, expirySeconds(source.arrivedAt, clock()));
}
