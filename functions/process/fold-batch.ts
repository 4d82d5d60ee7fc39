import type { Admissions } from '../aggregate/counted-name.ts';
import { type Folded, fold } from '../aggregate/fold.ts';
import { isBurst } from '../aggregate/series.ts';
import { type Entry, type LaneBatch, notFolded, type RecordEntry } from './batch.ts';
import { Run } from './run.ts';
import { type VisitorInBatch, visitorName } from './visitor-in-batch.ts';

export interface FoldedBatch {
  runs: Run[];
  /** Records whose batch had been counted before. */
  repeats: number;
  events: number;
  rageClicks: number;
}

/**
 * Folds a batch in order and cuts it into runs. Writes nothing: a record that cannot be folded becomes `failed`, having touched
 * neither state nor counter, before anything of the batch is written.
 */
export function foldBatch(
  batch: LaneBatch,
  visitors: Map<string, VisitorInBatch>,
  admissions: Admissions,
  epoch: string,
): FoldedBatch {
  const result: FoldedBatch = { runs: [], repeats: 0, events: 0, rageClicks: 0 };
  let run: Run | null = null;
  for (const entry of batch.entries) {
    const folded = foldEntry(entry, visitors, admissions, epoch);
    if (!run || (folded && !run.fits(folded.increments))) {
      run = new Run(entry);
      result.runs.push(run);
    }
    run.passOver(entry.position);
    const { content } = entry;
    if (content.what === 'tick') {
      const progress = run.progress(content.tick.tick, content.tick.receivedAt);
      progress.tickedAt = Math.max(progress.tickedAt, content.tick.receivedAt);
    }
    if (!folded || content.what !== 'record') continue;
    take(run, batch, entry as RecordEntry, folded, visitors);
    if (folded.isRepeat) {
      result.repeats += 1;
      continue;
    }
    result.events += content.record.events.length;
    result.rageClicks += content.record.events.filter(isBurst).length;
  }
  return result;
}

function foldEntry(
  entry: Entry,
  visitors: Map<string, VisitorInBatch>,
  admissions: Admissions,
  epoch: string,
): Folded | null {
  if (entry.content.what !== 'record') return null;
  const { record, config } = entry.content;
  const visitor = visitors.get(visitorName(record.site, record.visitor));
  try {
    if (!visitor) throw new Error(`the state of visitor ${record.visitor} was not loaded`);
    const retired = visitor.retired.get(record.load) ?? null;
    return fold(visitor.state, record, { config, admissions, epoch, retired });
  } catch (error) {
    entry.content = notFolded(record.site, error);
    return null;
  }
}

function take(
  run: Run,
  { lane }: LaneBatch,
  entry: RecordEntry,
  folded: Folded,
  visitors: Map<string, VisitorInBatch>,
): void {
  const { record } = entry.content;
  const visitor = visitors.get(visitorName(record.site, record.visitor));
  if (!visitor) return;
  visitor.state = folded.state;
  run.add(entry, visitor, record.load, folded);
  run.show(record.site, record.receivedAt, folded.feed);
  for (const { load, text } of folded.retired) {
    visitor.retired.set(load, text);
    run.retire({ visitor, load, version: { lane, position: entry.position, text } });
  }
}
