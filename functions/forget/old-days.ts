/**
 * Deletes what a site has counted of days that it no longer keeps. Nothing is written down of how far that has come: each hour has its
 * share of all days that could be there, so every one of them is looked at once in 24 hours, for as long as DynamoDB itself keeps it.
 * What a run leaves undone, or a record brings back that is played again late, is met by another.
 */
import { smallScope } from '../aggregate/small-value.ts';
import { valueScope } from '../contract/admission.ts';
import {
  elementPartition,
  goalPartition,
  hourPartition,
  openDimensions,
  pagePartition,
  sessionPartitions,
  smallDimensions,
  transitionPartition,
  valuePartition,
} from '../contract/counter.ts';
import { nameId } from '../contract/name-id.ts';
import { devices } from '../contract/record.ts';
import { dayMs, daysBetween, hourMs, localDay } from '../contract/time-unit.ts';
import { dayKeptMs } from '../process/item-expiry.ts';
import type { AdmissionStore } from '../store/admission-store.ts';
import type { Partitions } from '../store/partitions.ts';

/**
 * A day is kept so long beyond its site's retention that the archive has no record of it any more (what is a day late stands under the
 * next date, in UTC): audit, rebuild and erasures never meet a record whose day is gone. Nothing is written to such a day: ingest
 * refuses events that are older than 24 hours, and the stream keeps them for another 24.
 */
const settledMs = 2 * dayMs;
const hoursADay = 24;
/** Deleted of one site in one run, and then to the end of a partition. */
const itemsMax = 100_000;

export interface OldDayPorts {
  counterItems: Partitions;
  admissionItems: Partitions;
  admissions: Pick<AdmissionStore, 'all'>;
  /** Whether there is time for more. */
  hasTime(): boolean;
}

/** The local days, oldest first, whose turn it is in this hour: those that a site no longer keeps, and that may still be there. */
export function oldDays(retentionDays: number, zone: string, now: number): string[] {
  const kept = now - retentionDays * dayMs - settledMs;
  const oldestKept = localDay(kept, zone);
  const turn = Math.floor(now / hourMs) % hoursADay;
  return daysBetween(now - dayKeptMs, kept, zone).filter(
    (day) => day < oldestKept && (Date.parse(day) / dayMs) % hoursADay === turn,
  );
}

/** Deletes days of a site, as far as a run may. @returns how many items went. */
export async function deleteDays(
  site: string,
  days: readonly string[],
  epochs: readonly string[],
  ports: OldDayPorts,
): Promise<number> {
  let deleted = 0;
  for (const day of days) {
    for (const epoch of epochs) {
      for (const [table, pk] of await partitionsOf(epoch, site, day, ports)) {
        if (deleted >= itemsMax || !ports.hasTime()) return deleted;
        const sorts = await table.sorts(pk);
        await table.delete(pk, sorts);
        deleted += sorts.length;
      }
    }
  }
  return deleted;
}

/** Pages come last: by them the partitions of elements are found again, should a run end in between. */
async function partitionsOf(
  epoch: string,
  site: string,
  day: string,
  { counterItems, admissionItems, admissions }: OldDayPorts,
): Promise<[Partitions, string][]> {
  const pages = pagePartition(epoch, site, day);
  const admitted = (await admissions.all(pages)).map(({ name }) => nameId(name));
  const ids = [...new Set([...(await counterItems.sorts(pages)), ...admitted])];
  const elements = ids.flatMap((id) => devices.map((device) => elementPartition(epoch, site, day, id, device)));
  const open = openDimensions.map((dimension) => valueScope(epoch, site, day, dimension).pk);
  const small = smallDimensions.flatMap((dimension) => smallScope(epoch, site, day, dimension)?.pk ?? []);
  const partitions = [hourPartition, valuePartition, transitionPartition, goalPartition];
  const counted = [
    ...partitions.map((partition) => partition(epoch, site, day)),
    ...sessionPartitions(epoch, site, day),
  ];
  const of = (table: Partitions, pks: string[]) => pks.map((pk): [Partitions, string] => [table, pk]);
  return [
    ...of(counterItems, [...elements, ...counted]),
    ...of(admissionItems, [...elements, ...open, ...small]),
    ...of(counterItems, [pages]),
    ...of(admissionItems, [pages]),
  ];
}
