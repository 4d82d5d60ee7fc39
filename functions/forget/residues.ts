import type { ArchiveStore } from '../archive/archive-store.ts';
import {
  type Erasing,
  parseResidueKey,
  type Residue,
  residueKey,
  residuePrefix,
  siteResiduePrefix,
} from '../contract/residue.ts';

/** What audit and rebuild must know of erased visitors. */
export interface Residues {
  /** Oldest erasure first. */
  residues: Residue[];
  /** `<shard>-<position>` of records that are going: they are in the residues already, and count no more. */
  going: ReadonlySet<string>;
  /** Items of sessions that are going, without their epoch: they may still be there. */
  goingSessions: { pk: string; sk: string }[];
  /** Which erasures there are, in one text: whoever reads the archive must find the same before and after. */
  version: string;
}

const listingsMax = 5;

/** Of one site, or of all. @throws Error when erasures end faster than they can be read. */
export async function readResidues(archive: Pick<ArchiveStore, 'keys' | 'get'>, site?: string): Promise<Residues> {
  const prefix = site === undefined ? residuePrefix : siteResiduePrefix(site);
  for (let listing = 0; listing < listingsMax; listing++) {
    const keys = await archive.keys(prefix);
    const read = await readAll(archive, keys);
    // One of them has ended since it was listed: then what it leaves is listed next time.
    if (read) return { ...read, version: keys.join() };
  }
  throw new Error('visitors are being erased: run this again in a while');
}

export async function residueVersion(archive: Pick<ArchiveStore, 'keys'>, site: string): Promise<string> {
  return (await archive.keys(siteResiduePrefix(site))).join();
}

async function readAll(
  archive: Pick<ArchiveStore, 'get'>,
  keys: readonly string[],
): Promise<Omit<Residues, 'version'> | null> {
  const residues = new Map<string, Residue>();
  const going = new Set<string>();
  const goingSessions: Residues['goingSessions'] = [];
  const isUnderWay = (key: string) => parseResidueKey(key)?.date === null;
  // One under way outranks what it has written of itself so far.
  for (const key of [...keys.filter(isUnderWay), ...keys.filter((one) => !isUnderWay(one))]) {
    if (residues.has(key) || !parseResidueKey(key)) continue;
    const bytes = await archive.get(key);
    if (!bytes) return null;
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (!isUnderWay(key)) {
      residues.set(key, value as Residue);
      continue;
    }
    const erasing = value as Erasing;
    for (const residue of erasing.residues) residues.set(residueKey(residue), residue);
    for (const position of erasing.positions) going.add(position);
    goingSessions.push(...(erasing.sessions ?? []));
  }
  const sorted = [...residues.values()].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  return { residues: sorted, going, goingSessions };
}

function nameOf({ id, date }: Residue): string {
  return `${id}${date}`;
}
