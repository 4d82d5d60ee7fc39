/**
 * Erases what one visitor did: their records in the archive and under `failed/`, their sessions, their state and the claims on their
 * loads. The other counters stay. They are sums, and were never anybody's; what the archive no longer tells of them is kept as a residue.
 *
 * When. Not before the visitor has been quiet for `quietMs`. The stream keeps a record for a day and nobody can take it back from there;
 * so long a batch may be delivered again, and the archiver may write. A browser may send a batch again for a day after it was made.
 * And the counters of minutes live two days. Once all of that is over, no record of the visitor is under way anywhere: nothing that
 * runs can bring them back, no repeat needs the numbers that their state has seen, and the residue knows no time finer than the hour.
 *
 * How. One object decides: `erasing/<id>.json`, written when the visitor's records have been folded once more. From then on audit and
 * rebuild leave out the records that it names and add its residues, whether the records are still there or not. All that follows only
 * takes away, and does so again when it is begun again; the object goes last. Nobody rebuilds meanwhile (`OneAtATime`): a build that
 * has counted the records must not meet their residue when it goes on.
 */
import { gzipSync } from 'node:zlib';
import { archiveContentType } from '../archive/archive-batch.ts';
import { parseArchiveLine } from '../archive/archive-line.ts';
import { archiveDates, datePrefix, parseArchiveKey } from '../archive/archive-object.ts';
import type { ArchiveStore } from '../archive/archive-store.ts';
import { setAsidePositions } from '../archive/set-aside.ts';
import { type Erasing, erasingKey, residueKey } from '../contract/residue.ts';
import { dayMs, dayStart, hourMs } from '../contract/time-unit.ts';
import type { SiteStore } from '../sites/site-store.ts';
import type { VisitorErasure } from '../sites/visitor-erasure-store.ts';
import { memoryAdmissionStore } from '../store/admission-store.memory.ts';
import type { AdmissionStore } from '../store/admission-store.ts';
import type { Partitions } from '../store/partitions.ts';
import type { VisitorStore } from '../store/visitor-store.ts';
import { removeFailed, waitsUnwritable } from './failed-of-visitor.ts';
import { findVisitor, linesOf } from './find-visitor.ts';
import { foldResidues } from './fold-residues.ts';
import { lastSign } from './last-sign.ts';
import { recordedAdmissions } from './refold.ts';

/** The stream's day, a batch's day, the minutes' two days, and an hour for clocks and for what is slow. */
export const quietMs = 2 * dayMs + hourMs;
/** So long it is known which names were admitted (`admission-rows.dynamo.ts`, `audit-day.ts`). */
const admissionsKeptMs = 99 * dayMs;

export interface ErasePorts {
  archive: ArchiveStore;
  sites: Pick<SiteStore, 'current' | 'version' | 'goalsFrom'>;
  /** The epoch in use, and all that a state may stand in. */
  epoch: string;
  epochs: readonly string[];
  admissions: Pick<AdmissionStore, 'all'>;
  visitorsOf(epoch: string): Pick<VisitorStore, 'load' | 'ownerOf' | 'forget' | 'forgetLoad'>;
  counterItems: Pick<Partitions, 'delete'>;
  /** ms since the epoch. */
  clock(): number;
}

/** The erasure as it stands now: done, or when it is to be tried again, and why. Safe to repeat, whatever became of the last attempt. */
export async function erase(erasure: VisitorErasure, ports: ErasePorts): Promise<VisitorErasure> {
  const { site, id } = erasure;
  const { archive } = ports;
  const known = await archive.get(erasingKey(site, id));
  const begun = known ? (JSON.parse(Buffer.from(known).toString('utf8')) as Erasing) : await begin(erasure, ports);
  if ('why' in begun) return { ...erasure, state: 'waiting', ...begun };
  // First of all what is shown: a session in the list has its events.
  for (const epoch of ports.epochs) {
    for (const { pk, sk } of begun.sessions ?? []) await ports.counterItems.delete(`${epoch}|${pk}`, [sk]);
  }
  await removeFromArchive(site, begun, archive);
  const failedRecords = await removeFailed(site, [begun.visitor, erasure.load ?? '', ...begun.loads], archive);
  for (const epoch of ports.epochs) await ports.visitorsOf(epoch).forget(site, begun.visitor);
  for (const load of begun.loads) await ports.visitorsOf(ports.epoch).forgetLoad(site, load);
  for (const residue of begun.residues) await archive.put(residueKey(residue), json(residue), 'application/json');
  await archive.delete(erasingKey(site, id));
  const { visitor: _visitor, load: _load, ...rest } = erasure;
  return { ...rest, state: 'done', at: ports.clock(), why: '', records: begun.positions.length, failedRecords };
}

type Waits = Pick<VisitorErasure, 'at' | 'why'>;

async function begin(erasure: VisitorErasure, ports: ErasePorts): Promise<Erasing | Waits> {
  const { site, id, day } = erasure;
  const { archive, epoch } = ports;
  const now = ports.clock();
  const config = await ports.sites.current(site);
  const zone = config?.zone ?? 'UTC';
  const visitors = ports.visitorsOf(epoch);
  const known = erasure.visitor ?? (await visitors.ownerOf(site, erasure.load ?? ''));
  const sign = known === null ? 0 : await lastSign(site, known, visitors);
  if (sign + quietMs > now) return waits(sign + quietMs, 'the visitor was here less than 49 hours ago');
  const dates = archiveDates(dayStart(day, zone) - dayMs, now);
  const found = await findVisitor(site, dates, known === null ? erasure : { visitor: known }, { archive, visitors });
  const over = Math.max(found?.newest ?? 0, found?.records.length ? 0 : dayStart(day, zone) + dayMs) + quietMs;
  if (over > now) return waits(over, 'the visitor was here less than 49 hours ago, or may be');
  if (await waitsUnwritable(site, archive)) {
    return waits(
      now + hourMs,
      'increments wait for items that cannot be written: npm run redrive, once they are mended',
    );
  }
  const setAside = await setAsidePositions(archive, site);
  const isOld = dayStart(day, zone) < now - admissionsKeptMs;
  const erasing: Erasing = {
    residues: [],
    visitor: found?.visitor ?? known ?? '',
    loads: found?.loads ?? [],
    positions: [...new Set(found?.records.map((one) => `${one.shardId}-${one.sequenceNumber}`))],
  };
  if (found && found.records.length > 0) {
    const { residues, sessions } = await foldResidues(found, {
      site,
      id,
      epoch,
      now,
      sites: ports.sites,
      // Too old to be told, names are admitted as whoever rebuilds would.
      admit: (isOld ? memoryAdmissionStore() : recordedAdmissions(ports.admissions)).admit,
      isSetAside: (one) => setAside.has(`${one.shardId}-${one.sequenceNumber}`),
    });
    Object.assign(erasing, { residues, sessions });
    await archive.put(erasingKey(site, id), json(erasing), 'application/json');
  }
  return erasing;
}

function waits(at: number, why: string): Waits {
  return { at, why };
}

/** Writes each object that holds any of the records again without them; one that holds nothing else goes. */
async function removeFromArchive(site: string, { residues, positions }: Erasing, archive: ArchiveStore): Promise<void> {
  const going = new Set(positions);
  for (const { date } of residues) {
    for (const key of await archive.keys(datePrefix(site, date))) {
      if (!parseArchiveKey(key)) continue;
      const lines = await linesOf(archive, key);
      const kept = lines.filter((line) => {
        const { shardId, sequenceNumber } = parseArchiveLine(line);
        return !going.has(`${shardId}-${sequenceNumber}`);
      });
      if (kept.length === lines.length) continue;
      if (kept.length === 0) await archive.delete(key);
      else await archive.put(key, gzipSync(`${kept.join('\n')}\n`), archiveContentType);
    }
  }
}

function json(value: Erasing | Erasing['residues'][number]): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
