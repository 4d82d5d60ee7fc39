import { setAsideAnywhere } from '../../functions/archive/set-aside.ts';
import { dayMs, hourMs, localDay } from '../../functions/contract/time-unit.ts';
import { type EpochBuild, isOpenBuild } from '../../functions/sites/epoch-store.ts';
import type { Difference } from '../audit/compare.ts';
import { Builder, type Built } from './builder.ts';
import { follow } from './follow.ts';
import { type KeptRecords, readKept } from './kept-records.ts';
import type { RebuildPorts } from './rebuild-ports.ts';

export interface RebuildChoice {
  /** How many of the last days are compared before the switch. */
  auditDays: number;
  /** Gives up a build that was begun and not switched to, and begins another. */
  again: boolean;
}

export interface RebuildReport extends Built {
  epoch: string;
  from: string;
  /** What was compared before the switch. */
  audited: { site: string; day: string; items: number; counters: number }[];
  /** Not empty: it was not switched to. */
  differences: Difference[];
}

type Compared = Omit<RebuildReport, keyof Built>;

/** Rounds without news before the build has caught up with the stream. */
const quietRoundsMin = 2;
const lagRoundsMax = 50;
/** Taken from the archive, before they are counted in batches. */
const recordsAtOnce = 1_000;
/** So long after the switch, all that was not built by then is on the stream still, which keeps a day. */
const followableMs = 12 * hourMs;

/**
 * Recomputes every counter into the next epoch, beside the one in use, while events go on; then moves the one pointer. Begun again
 * after an interruption, at whatever step, it goes on where it was:
 *
 * 1. the next epoch is on record: no number is ever used twice; so is from when on its goals are counted (`sites/fill-goals.ts`);
 * 2. the archive and then the stream are counted in it, in order, up to the newest record;
 * 3. what was counted is compared with the archive;
 * 4. the pointer moves, if it still stands where it stood. From now on readers read the new epoch, and the processor waits with
 *    every batch that it begins. Those that it has begun in the old epoch are on the stream by now;
 * 5. so a mark is put on every shard, and the stream is counted up to the marks. Then the epoch is settled, and the processor
 *    goes on in it. What it is given there that is built already, it passes over like any repeat.
 *
 * @throws Error when the pointer was moved by others meanwhile, or a record could not be written.
 */
export async function rebuild(ports: RebuildPorts, choice: RebuildChoice): Promise<RebuildReport> {
  const { epochs, clock } = ports;
  const pointer = (await epochs.pointer()) ?? { epoch: ports.configured, handover: false, movedAt: 0 };
  const build = await beginBuild(pointer, choice.again, epochs);
  const report: Compared = { ...build, audited: [], differences: [] };
  if (pointer.epoch === build.epoch) {
    const isFollowable = clock() - pointer.movedAt < followableMs;
    const builder = isFollowable
      ? new Builder(build.epoch, ports, () => null)
      : await countKept(build.epoch, await readKept(ports), ports);
    await handOver(builder, ports);
    return { ...report, ...builder.built };
  }
  await ports.fillGoals(build.epoch);
  const kept = await readKept(ports);
  await ports.copyOlder({ from: build.from, to: build.epoch, firsts: kept.firsts });
  const builder = await countKept(build.epoch, kept, ports);
  await catchUp(builder, ports);
  await compare(report, [...kept.firsts.keys()], choice.auditDays, ports);
  if (report.differences.length > 0) return { ...report, ...builder.built };
  await catchUp(builder, ports);
  await moveTo(build, ports);
  await handOver(builder, ports);
  return { ...report, ...builder.built };
}

/** The build on record, if it goes on; else the next one. */
async function beginBuild(
  { epoch: current, handover }: { epoch: string; handover: boolean },
  again: boolean,
  epochs: RebuildPorts['epochs'],
): Promise<EpochBuild> {
  const known = await epochs.build();
  if (known && isOpenBuild(known, { epoch: current, handover }) && !(again && known.epoch !== current)) return known;
  const build = { epoch: String(Math.max(Number(known?.epoch ?? 0), Number(current)) + 1), from: current };
  if (await epochs.beginBuild(build, known?.epoch ?? null)) return build;
  // Or an earlier attempt of this very request has arrived after all: then it goes on.
  const other = await epochs.build();
  if (other?.epoch === build.epoch && other.from === build.from) return other;
  throw new Error('another rebuild was begun at the same moment: nothing was done, wait for it to end');
}

/** Counts all that is kept, but what was set aside. */
async function countKept(epoch: string, kept: KeptRecords, ports: RebuildPorts): Promise<Builder> {
  const { shards, census, count, streamOnly, residues } = kept;
  const contested = new Map(census.contested().map((load) => [load, census.lastNamed(load)]));
  const builder = new Builder(epoch, ports, (load) => contested.get(load) ?? null);
  builder.expected = count;
  builder.built.archived = count - streamOnly;
  builder.built.streamOnly = streamOnly;
  const setAside = await setAsideAnywhere(ports.archive);
  await builder.addResidues(residues.residues);
  for (const shardId of shards.shardIds()) {
    let waiting = [];
    for await (const record of shards.records(shardId)) {
      const name = `${shardId}-${record.sequenceNumber}`;
      if (setAside.has(name) || residues.going.has(name)) continue;
      waiting.push(record);
      if (waiting.length < recordsAtOnce) continue;
      await builder.take(shardId, waiting);
      waiting = [];
    }
    await builder.take(shardId, waiting);
  }
  return builder;
}

/** Up to the newest record: a little less on a stream that never rests. */
async function catchUp(builder: Builder, ports: RebuildPorts): Promise<void> {
  let quiet = 0;
  let rounds = 0;
  await follow(builder, ports, async (news) => {
    quiet = news === 0 ? quiet + 1 : 0;
    rounds += 1;
    return quiet >= quietRoundsMin || rounds >= lagRoundsMax;
  });
}

async function compare(report: Compared, sites: string[], days: number, ports: RebuildPorts): Promise<void> {
  for (const site of sites) {
    for (let ago = 0; ago < days; ago++) {
      const day = localDay(ports.clock() - ago * dayMs, await ports.zoneOf(site));
      ports.progress(`comparing ${site}, ${day}`);
      const { differences, items, counters } = await ports.audit(report.epoch, site, day);
      report.audited.push({ site, day, items, counters });
      report.differences.push(...differences);
    }
  }
}

async function moveTo({ epoch, from }: EpochBuild, { epochs, clock }: RebuildPorts): Promise<void> {
  if (await epochs.switchTo(from, epoch, clock())) return;
  // An attempt whose answer was lost may have moved it.
  if ((await epochs.pointer())?.epoch === epoch) return;
  throw new Error(`the pointer does not stand at epoch ${from} any more: nothing was switched`);
}

/** Up to a record that was put after the switch, on every shard. */
async function handOver(builder: Builder, ports: RebuildPorts): Promise<void> {
  try {
    ports.progress(`handing over epoch ${builder.epoch}`);
    const marks = await ports.mark();
    await follow(builder, ports, async () => {
      for (const mark of marks) if (!(await builder.reaches(mark))) return false;
      return true;
    });
    await ports.epochs.settle(builder.epoch);
  } catch (cause) {
    const message = `switched to epoch ${builder.epoch}, which is not handed over yet: nothing is counted until this is run again`;
    throw new Error(message, { cause });
  }
}
