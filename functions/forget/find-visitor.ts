import { gunzipSync } from 'node:zlib';
import { type ArchivedRecord, parseArchiveLine, recordIn } from '../archive/archive-line.ts';
import { datePrefix } from '../archive/archive-object.ts';
import type { ArchiveStore } from '../archive/archive-store.ts';
import { Census } from '../archive/census.ts';
import type { VisitorStore } from '../store/visitor-store.ts';

/** All that the archive holds of one visitor. */
export interface FoundVisitor {
  visitor: string;
  /** Their records, and what was put on the stream under another name before it came to them. Each as often as it was archived. */
  records: ArchivedRecord[];
  /** The loads that are theirs. */
  loads: string[];
  /** Who owns each load that several visitors name. */
  owners: ReadonlyMap<string, string>;
  /** Receipt of the newest record, ms since the epoch; 0 without any. */
  newest: number;
}

export interface FindPorts {
  archive: Pick<ArchiveStore, 'keys' | 'get'>;
  visitors: Pick<VisitorStore, 'ownerOf'>;
}

/** Held in memory at once. Behind one address many people may be one visitor, but hardly a city. */
const recordsMax = 200_000;

/**
 * Reads the archive of some UTC dates for one visitor, named by their hash or by a load of theirs. Null: it knows no such visitor.
 * @throws Error when an object can't be read, or the visitor has too many records.
 */
export async function findVisitor(
  site: string,
  dates: readonly string[],
  wanted: { visitor?: string; load?: string },
  ports: FindPorts,
): Promise<FoundVisitor | null> {
  const named = await recordsWith(site, dates, [wanted.visitor ?? wanted.load ?? ''], ports);
  const visitor = wanted.visitor ?? (await ownerOf(site, wanted.load ?? '', censusOf(named), ports));
  if (visitor === null) return null;
  const own = wanted.visitor ? named : await recordsWith(site, dates, [visitor], ports);
  const met = new Set(own.flatMap((one) => (recordIn(one)?.visitor === visitor ? (recordIn(one)?.load ?? []) : [])));
  // What a load sent under another visitor's name: it was put back for its owner.
  const all = met.size === 0 ? own : await recordsWith(site, dates, [visitor, ...met], ports);
  const census = censusOf(all);
  const owners = new Map<string, string>();
  for (const load of census.contested()) owners.set(load, (await ownerOf(site, load, census, ports)) ?? visitor);
  const ownerIn = (load: string) => owners.get(load) ?? visitor;
  const records = all.filter((one) => {
    const record = recordIn(one);
    return record && (record.visitor === visitor || (met.has(record.load) && ownerIn(record.load) === visitor));
  });
  const newest = records.reduce((latest, one) => Math.max(latest, recordIn(one)?.receivedAt ?? 0), 0);
  return { visitor, records, loads: [...met].filter((load) => ownerIn(load) === visitor), owners, newest };
}

function censusOf(records: readonly ArchivedRecord[]): Census {
  const census = new Census();
  for (const record of records) census.take(record);
  return census;
}

async function ownerOf(site: string, load: string, census: Census, { visitors }: FindPorts): Promise<string | null> {
  return (await visitors.ownerOf(site, load)) ?? census.lastNamed(load);
}

/** Records that name any of these: looked for in the text, since to parse a day's archive takes a hundred times as long. */
async function recordsWith(
  site: string,
  dates: readonly string[],
  names: readonly string[],
  { archive }: FindPorts,
): Promise<ArchivedRecord[]> {
  const any = new RegExp(names.join('|'));
  const found: ArchivedRecord[] = [];
  for (const date of dates) {
    for (const key of await archive.keys(datePrefix(site, date))) {
      for (const line of await linesOf(archive, key)) {
        if (!any.test(line)) continue;
        const archived = parseArchiveLine(line);
        const record = recordIn(archived);
        if (record && (names.includes(record.visitor) || names.includes(record.load))) found.push(archived);
        if (found.length > recordsMax) throw new Error(`a visitor of ${site} has over ${recordsMax} records`);
      }
    }
  }
  return found;
}

/** None where the object has expired since it was listed. */
export async function linesOf(archive: Pick<ArchiveStore, 'get'>, key: string): Promise<string[]> {
  const bytes = await archive.get(key);
  return bytes ? gunzipSync(bytes).toString('utf8').split('\n').filter(Boolean) : [];
}
