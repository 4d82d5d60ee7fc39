import { recordIn } from '../../functions/archive/archive-line.ts';
import { archivePrefix } from '../../functions/archive/archive-object.ts';
import { ArchivedShards } from '../../functions/archive/archived-shards.ts';
import { Census } from '../../functions/archive/census.ts';
import { type Residues, readResidues } from '../../functions/forget/residues.ts';
import type { RebuildPorts } from './rebuild-ports.ts';

/** Every record that is kept, in the archive or on the stream alone. */
export interface KeptRecords {
  shards: ArchivedShards;
  census: Census;
  /** By site, the instant of its oldest event. */
  firsts: Map<string, number>;
  count: number;
  /** Of these, how many no object of the archive holds yet. */
  streamOnly: number;
  /** What is kept of visitors who were erased. */
  residues: Residues;
}

/** Reads all of them once. @throws Error when an object of the archive can't be read. */
export async function readKept(ports: RebuildPorts): Promise<KeptRecords> {
  // Nobody is erased while this is at work: a residue and its records are never both counted.
  const residues = await readResidues(ports.archive);
  const { shards, streamOnly } = await shardsOf(ports);
  const kept: KeptRecords = { shards, census: new Census(), firsts: new Map(), count: 0, streamOnly, residues };
  for (const { site, from } of residues.residues) {
    kept.firsts.set(site, Math.min(from, kept.firsts.get(site) ?? from));
  }
  for (const shardId of kept.shards.shardIds()) {
    for await (const archived of kept.shards.records(shardId)) {
      kept.census.take(archived);
      const record = recordIn(archived);
      if (record) {
        const oldest = record.receivedAt - Math.max(0, ...record.events.map(([, age]) => age));
        kept.firsts.set(record.site, Math.min(oldest, kept.firsts.get(record.site) ?? oldest));
      }
      kept.count += 1;
      if (kept.count % 1_000 === 0) ports.progress(`${kept.count} records read`);
    }
  }
  return kept;
}

/**
 * The archive is listed before the stream is read: what is not listed is on the stream still, so no record is missing between
 * two that are here. The other way round, an object that is written while others are being listed would leave a hole.
 */
async function shardsOf(ports: RebuildPorts): Promise<Pick<KeptRecords, 'shards' | 'streamOnly'>> {
  const shards = new ArchivedShards(ports.archive, await ports.archive.keys(archivePrefix));
  let streamOnly = 0;
  for (const shardId of await ports.shards()) {
    for await (const records of ports.records(shardId, null)) {
      for (const record of records) {
        if (!recordIn(record) || shards.holds(record)) continue;
        shards.addTail(record);
        streamOnly += 1;
      }
    }
  }
  return { shards, streamOnly };
}
