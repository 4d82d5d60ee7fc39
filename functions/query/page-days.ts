import type { AnswerRange } from '../contract/answer.ts';
import { pageKey, pagePartition, type Totals } from '../contract/counter.ts';
import { inParallel } from './in-parallel.ts';
import type { QueryPorts } from './query-ports.ts';
import { daysOf } from './range.ts';

type PagePorts = Pick<QueryPorts, 'epoch' | 'counters'>;

/** A day has at most 1,024 pages, each an item of 1 to 2 KB: so many days are held at once. */
const daysAtOnceMax = 8;

/** What `reduce` makes of each day's page items, oldest day first: what it leaves out need not be kept in memory. */
export async function reducePages<T>(
  site: string,
  range: AnswerRange,
  ports: PagePorts,
  reduce: (items: Totals[]) => T,
): Promise<T[]> {
  const read = async (day: string) => reduce(await ports.counters.partition(pagePartition(ports.epoch, site, day)));
  return inParallel(daysOf(range), read, daysAtOnceMax);
}

/** One page's items over the range's days, in no order. */
export async function readPage(site: string, pageId: string, range: AnswerRange, ports: PagePorts): Promise<Totals[]> {
  const keys = daysOf(range).map((day) => pageKey(ports.epoch, site, day, pageId));
  return keys.length > 0 ? ports.counters.items(keys) : [];
}
