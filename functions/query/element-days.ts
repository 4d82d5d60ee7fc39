/** Reads a page's elements, day by day and device class by device class. */
import type { Admission } from '../contract/admission.ts';
import type { AnswerRange } from '../contract/answer.ts';
import { elementPartition, type Totals } from '../contract/counter.ts';
import type { PlaceGroup } from '../contract/place.ts';
import { type Device, devices } from '../contract/record.ts';
import { inParallel } from './in-parallel.ts';
import type { QueryPorts } from './query-ports.ts';
import { daysOf } from './range.ts';

/** What reading them needs. */
export interface ElementPorts {
  epoch: string;
  counters: Pick<QueryPorts['counters'], 'partition'>;
  admissions: Pick<QueryPorts['admissions'], 'all'>;
}

/** One page on one device class on one day: which places it has admitted, and their tiles. */
export interface ElementDay {
  admissions: Admission[];
  items: Totals[];
}

/** A hot page's day may be megabytes of cells: so many are held at once. */
const partitionsAtOnceMax = 4;

/**
 * What `reduce` makes of each, oldest day first. Within a day the wider device classes come last: where the newest facts win,
 * a page's boxes are those of its widest form.
 * @param group only the tiles of these places
 */
export async function reduceElements<T>(
  page: { site: string; pageId: string; device: Device | null },
  range: AnswerRange,
  ports: ElementPorts,
  reduce: (day: ElementDay) => T,
  group?: PlaceGroup,
): Promise<T[]> {
  const wanted = page.device ? [page.device] : [...devices].reverse();
  const partitions = daysOf(range).flatMap((day) =>
    wanted.map((device) => elementPartition(ports.epoch, page.site, day, page.pageId, device)),
  );
  const read = async (pk: string) => {
    // Items before admissions: an item is written after its element was admitted.
    // `}` is the character after the one that ends a group's name.
    const items = await ports.counters.partition(pk, ...(group ? [`${group}|`, `${group}}`] : []));
    const admissions = items.length > 0 ? await ports.admissions.all(pk) : [];
    return reduce({ items, admissions });
  };
  return inParallel(partitions, read, partitionsAtOnceMax);
}
