import type { ArchivedRecord } from '../../functions/archive/archive-line.ts';
import { recordIn } from '../../functions/archive/archive-line.ts';
import { archiveDates, datePrefix } from '../../functions/archive/archive-object.ts';
import type { ArchiveStore } from '../../functions/archive/archive-store.ts';
import { ArchivedShards } from '../../functions/archive/archived-shards.ts';
import { Census, placeOf } from '../../functions/archive/census.ts';
import { setAsidePositions } from '../../functions/archive/set-aside.ts';
import { pageScope } from '../../functions/contract/admission.ts';
import { keyText } from '../../functions/contract/counter.ts';
import type { Lane, Position } from '../../functions/contract/position.ts';
import { dayMs } from '../../functions/contract/time-unit.ts';
import { type Refolded, recordedAdmissions, refold } from '../../functions/forget/refold.ts';
import { residueItems, residueLane } from '../../functions/forget/residue-items.ts';
import { type Residues, readResidues, residueVersion } from '../../functions/forget/residues.ts';
import type { SiteStore } from '../../functions/sites/site-store.ts';
import type { AdmissionStore } from '../../functions/store/admission-store.ts';
import type { VisitorStore } from '../../functions/store/visitor-store.ts';
import { type Comparison, compareItems, type StoredItem } from './compare.ts';
import { type DayScope, dayScope, isKept, isOfDay, partitionsOf, receiptRange } from './day-scope.ts';
import { Ledger } from './ledger.ts';
import { waitingParts } from './waiting-increments.ts';

export interface AuditPorts {
  archive: Pick<ArchiveStore, 'keys' | 'get'>;
  /** All that the stream holds now. */
  stream(): AsyncIterable<ArchivedRecord>;
  sites: Pick<SiteStore, 'current' | 'version' | 'goalsFrom'>;
  admissions: Pick<AdmissionStore, 'all'>;
  visitors: Pick<VisitorStore, 'load' | 'ownerOf'>;
  /** All items of a partition, each with its guards; consistent. */
  storedItems(pk: string): Promise<StoredItem[]>;
  /** ms since the epoch. */
  clock(): number;
  /** Told now and then what is being done, for a person who waits. */
  progress(what: string): void;
}

export interface AuditReport extends Comparison {
  refolded: Refolded;
  /** Objects of the archive that were read, and records that are on the stream alone yet. */
  objects: number;
  unarchived: number;
  /** Objects under `failed/` with what waits for items that could not be written. */
  unwritable: number;
}

/** For how long what the fold needs beside the records is kept: names are admitted for a hundred days. */
const auditableMs = 100 * dayMs;
/** The stream's retention: what was taken longer ago can't still be waiting. */
const streamKeptMs = dayMs;
const partitionsAtOnce = 8;
/** Erasures are few, and each takes seconds. */
const attemptsMax = 3;

/**
 * Folds the archive of a site's day again, from the records themselves, and compares every counter with what is stored. Reads
 * only. Events may come in all the while; see the order of reading below.
 * @throws Error when the site does not exist or the day is too long ago.
 */
export async function auditDay(epoch: string, site: string, day: string, ports: AuditPorts): Promise<AuditReport> {
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const residues = await readResidues(ports.archive, site);
    const isSame = async () => (await residueVersion(ports.archive, site)) === residues.version;
    try {
      const report = await auditOnce(epoch, site, day, ports, residues);
      // Records that were erased in between may be in neither, or in both.
      if (await isSame()) return report;
    } catch (error) {
      // An object that is gone since it was listed may have held nothing but what was erased.
      if (await isSame()) throw error;
    }
  }
  throw new Error(`visitors of ${site} are being erased: run this again in a while`);
}

async function auditOnce(
  epoch: string,
  site: string,
  day: string,
  ports: AuditPorts,
  { residues, going, goingSessions }: Residues,
): Promise<AuditReport> {
  const now = ports.clock();
  const config = await ports.sites.current(site);
  if (!config) throw new Error(`there is no site "${site}"`);
  const scope = dayScope(epoch, site, day, config.zone);
  if (scope.to < now - auditableMs) {
    throw new Error(`${day} is more than 100 days ago: the names that were admitted then are no longer kept`);
  }
  // What is done with is asked first and what has come last: so each item that is read in between must hold all that is done
  // with, and holds nothing that is not among the records.
  const census = new Census();
  const before = await readShards(scope, ports, census);
  const guards = await guardsOf(site, census, ports);
  const stored = await readItems(scope, now, ports);
  for (const { pk, sk } of goingSessions) stored.delete(keyText({ pk: `${epoch}|${pk}`, sk }));
  const { shards, onStream, unarchived } = await readShards(scope, ports, census, before.keys);

  const waiting = new Set<string>();
  const setAside = await setAsidePositions(ports.archive, site);
  for (const record of onStream) if (!isDoneWith(record, guards, now)) waiting.add(nameOf(record));
  const owners = await ownersOf(site, census, ports);
  const ledger = new Ledger((key) => isOfDay(scope, key) && isKept(key, now));
  const admissions = recordedAdmissions(ports.admissions);
  const refolded = await refold(shards, {
    epoch,
    counters: ledger,
    sites: ports.sites,
    admissions,
    ownerOf: (load) => owners.get(load) ?? null,
    isSetAside: ({ shardId, sequenceNumber }) => {
      const name = `${shardId}-${sequenceNumber}`;
      return setAside.has(name) || going.has(name);
    },
    progress: (records) => ports.progress(`${records} records folded`),
  });
  for (const residue of residues) {
    for (const item of await residueItems(residue, epoch, admissions.admit)) await ledger.add(residueLane, item);
  }
  const increments = await waitingParts(ports.archive, site);
  const comparison = compareItems(
    ledger.items,
    stored,
    (lane, position, key) => !waiting.has(`${lane}|${position}`) && !increments.has(lane, position, key),
  );
  return {
    ...comparison,
    refolded,
    unwritable: increments.objects,
    objects: shards.objectCount,
    unarchived,
  };
}

interface Read {
  shards: ArchivedShards;
  keys: string[];
  onStream: ArchivedRecord[];
  unarchived: number;
}

/** The archive's objects, and what of the stream is in none of them. `known`: objects that the census has taken in already. */
async function readShards(scope: DayScope, ports: AuditPorts, census: Census, known: string[] = []): Promise<Read> {
  const range = receiptRange(scope);
  // The archive is listed before the stream is read, as a rebuild does: what comes and is archived in between is met on the
  // stream, so it is known to have been under way, and no record is missing between two that are here.
  const keys: string[] = [];
  for (const date of archiveDates(range.from, Math.min(range.to, ports.clock()))) {
    keys.push(...(await ports.archive.keys(datePrefix(scope.site, date))));
  }
  const onStream: ArchivedRecord[] = [];
  for await (const record of ports.stream()) {
    const { site, receivedAt = 0 } = recordIn(record) ?? {};
    if (site === scope.site && receivedAt >= range.from && receivedAt <= range.to) onStream.push(record);
  }
  const shards = new ArchivedShards(ports.archive, keys);
  const tail = onStream.filter((record) => !shards.holds(record));
  const had = new Set(known);
  const unread = new ArchivedShards(
    ports.archive,
    keys.filter((key) => !had.has(key)),
  );
  for (const record of tail) {
    shards.addTail(record);
    unread.addTail(record);
  }
  await takeAll(unread, census, ports);
  return { shards, keys, onStream, unarchived: tail.length };
}

async function takeAll(shards: ArchivedShards, census: Census, { progress }: AuditPorts): Promise<void> {
  let records = 0;
  for (const shardId of shards.shardIds()) {
    for await (const record of shards.records(shardId)) {
      census.take(record);
      records += 1;
      if (records % 1_000 === 0) progress(`${records} records read`);
    }
  }
}

/** Per visitor, how far the processor has come: a state is saved when every item of its records is written. */
async function guardsOf(site: string, census: Census, { visitors }: AuditPorts) {
  const states = await visitors.load(site, [...census.visitors], 0);
  return new Map([...states].map(([visitor, { guards }]) => [visitor, guards]));
}

function isDoneWith(record: ArchivedRecord, guards: Map<string, Record<Lane, Position>>, now: number): boolean {
  if (record.arrivedAt < now - streamKeptMs) return true;
  const { lane, position } = placeOf(record);
  const guard = guards.get(recordIn(record)?.visitor ?? '')?.[lane];
  return guard !== undefined && position <= guard;
}
function nameOf(record: ArchivedRecord): string {
  const { lane, position } = placeOf(record);
  return `${lane}|${position}`;
}

async function readItems(scope: DayScope, now: number, ports: AuditPorts): Promise<Map<string, StoredItem>> {
  const { epoch, site, day } = scope;
  const pages = await ports.admissions.all(pageScope(epoch, site, day).pk);
  const paths = pages.map(({ name }) => name);
  const partitions = partitionsOf(scope, paths, now).values();
  const items = new Map<string, StoredItem>();
  let read = 0;
  async function next(): Promise<void> {
    // One iterator feeds all, so each partition is read once.
    for (const pk of partitions) {
      for (const item of await ports.storedItems(pk)) if (isKept(item.key, now)) items.set(keyText(item.key), item);
      read += 1;
      if (read % 100 === 0) ports.progress(`${read} partitions of counters read`);
    }
  }
  await Promise.all(Array.from({ length: partitionsAtOnce }, next));
  return items;
}

async function ownersOf(site: string, census: Census, ports: AuditPorts): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  for (const load of census.contested()) {
    const owner = (await ports.visitors.ownerOf(site, load)) ?? census.lastNamed(load);
    if (owner !== null) owners.set(load, owner);
  }
  return owners;
}
