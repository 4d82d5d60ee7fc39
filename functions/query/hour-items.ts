import type { AnswerRange } from '../contract/answer.ts';
import { hourPartition, parseHourText, type Totals } from '../contract/counter.ts';
import { inParallel } from './in-parallel.ts';
import type { QueryPorts } from './query-ports.ts';
import { daysOf } from './range.ts';

/** The site's hour items in a range: one read a local day. */
export async function readHours(
  site: string,
  range: AnswerRange,
  ports: Pick<QueryPorts, 'epoch' | 'counters'>,
): Promise<Totals[]> {
  const read = (day: string) => ports.counters.partition(hourPartition(ports.epoch, site, day));
  const items = (await inParallel(daysOf(range), read)).flat();
  return items.filter(({ key }) => parseHourText(key.sk) >= range.from && parseHourText(key.sk) < range.to);
}
