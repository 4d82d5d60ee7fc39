/**
 * `npm run bench -- costs`: what a page view needs of what AWS bills, and writes it to `functions/contract/unit-costs.json`, of which
 * the capacity table and the cost meter are made.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { gzipSync } from 'node:zlib';
import { formatArchiveLine } from '../../functions/archive/archive-line.ts';
import { kind } from '../../functions/contract/event.ts';
import type { Scenario, UnitCosts } from '../../functions/contract/unit-costs.ts';
import { Pace } from '../../functions/process/pace.ts';
import { memoryConnectionStore } from '../../functions/push/connection-store.memory.ts';
import { makePusher } from '../../functions/push/push.ts';
import { memorySocket } from '../../functions/push/socket.memory.ts';
import { encodeRecord } from '../../functions/stream/record.ts';
import { cpuCosts, logCosts } from './function-costs.ts';
import { batchesOf, benchSite, meteredProcessor, processOne, recordOf } from './pipeline.ts';
import { row, title } from './print.ts';
import { ReadUnits } from './read-units.ts';
import { benchStart, recordVisits, type SentBody } from './recorded-visits.ts';
import { WriteUnits } from './write-units.ts';

const pollMs = 1_000;
const putUnitBytes = 25 * 1024;
const file = new URL('../../functions/contract/unit-costs.json', import.meta.url);

/** One busy enough for several shards is many of these. A new visitor arrives `everyMs`. */
const rates = [
  { name: 'quiet: a visitor every 2 min', visitors: 300, everyMs: 120_000 },
  { name: 'steady: a visitor every 5 s', visitors: 600, everyMs: 5_000 },
  { name: 'busy: 20 visitors a second', visitors: 2_400, everyMs: 50 },
];

export async function benchCosts(): Promise<void> {
  const scenarios: Scenario[] = [];
  for (const isWatched of [false, true]) {
    for (const rate of rates) scenarios.push(await measure(rate, isWatched));
  }
  title('Per page view');
  for (const { name, isWatched, perView, viewsPerSecond } of scenarios) {
    row(`${name}${isWatched ? ', watched' : ''}`, `${viewsPerSecond} views/s`);
    for (const [what, value] of Object.entries(perView)) row(`  ${what}`, `${value}`);
    row('  write units per event', (perView.writeUnits / perView.events).toFixed(3));
  }
  const visits = await recordVisits(400, 1_000, 5, { watched: false, everyMs: 1_000 });
  const costs: UnitCosts = {
    measuredAt: new Date().toISOString().slice(0, 10),
    machine: `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`,
    scenarios,
    cpuMs: await cpuCosts(visits),
    logBytes: logCosts(visits),
    archive: { bytesPerRecord: archivedBytes(visits) },
  };
  title('Per request, record and batch');
  for (const [what, value] of Object.entries(costs.cpuMs)) row(`CPU: ${what}`, `${value} ms`);
  for (const [what, value] of Object.entries(costs.logBytes)) row(`log: ${what}`, `${value} B`);
  row('archive: record', `${costs.archive.bytesPerRecord} B, compressed`);
  writeFileSync(file, `${JSON.stringify(costs, null, 2)}\n`);
  console.log('\nwritten to functions/contract/unit-costs.json: "npm run capacity -- --write" renews docs/capacity.md');
}

async function measure(rate: (typeof rates)[number], isWatched: boolean): Promise<Scenario> {
  const sent = await recordVisits(rate.visitors, rate.everyMs, 11, { watched: isWatched, everyMs: paceOf(rate) });
  const batches = batchesOf(sent, pollMs);
  const units = new WriteUnits();
  const reads = new ReadUnits();
  const { pusher, posted } = await oneDashboard();
  const deps = { ...meteredProcessor(units, reads), pusher };
  for (const batch of batches) await processOne(batch, deps);

  const records = sent.map(recordOf);
  const sizes = records.map((record) => encodeRecord(record).length);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const views = sum(records.map(({ events }) => events.filter(([what]) => what === kind.view).length));
  const total = units.total();
  const perView = (value: number) => rounded(value / views);
  return {
    name: rate.name,
    viewsPerSecond: rounded((views * 1_000) / (rate.visitors * rate.everyMs)),
    isWatched,
    hottestUnitsPerBatch: rounded(Math.max(...units.byPartition.values()) / batches.length),
    perView: {
      events: perView(sum(records.map(({ events }) => events.length))),
      requests: perView(sent.length),
      streamBytes: perView(sum(sizes)),
      putUnits: perView(sum(sizes.map((bytes) => Math.ceil(bytes / putUnitBytes)))),
      writeUnits: perView(total.units),
      // The pointer to the epoch is asked for with each batch.
      readUnits: perView(reads.units + batches.length),
      batches: perView(batches.length),
      updates: perView(total.writes),
      messages: perView(posted()),
      storedBytes: perView(sum([...units.stored.values()])),
    },
  };
}

/** As the processor would set it for as many loads as there are at once: a visit is some 40 s. */
function paceOf({ everyMs }: (typeof rates)[number]): number {
  const pace = new Pace({ watchOf: async () => ({ watched: true, everyMs: 1_000 }), setPace: async () => undefined });
  const loads = Math.round(40_000 / everyMs);
  for (let load = 0; load < loads; load++) pace.note('bench', String(load), benchStart);
  return pace.everyMs('bench', benchSite.watchedRequestsPerSecondMax);
}

/** A dashboard that looks at the live page, and how many messages it was sent. */
async function oneDashboard() {
  const connections = memoryConnectionStore();
  const socket = memorySocket();
  await connections.connect(
    { id: 'one', site: benchSite.site, topics: ['live'], by: { kind: 'user', id: 'reader' } },
    0,
  );
  const standing = async () => () => true;
  const pusher = makePusher({ connections, socket, standing, epoch: '1', watchersCachedMs: 1_000, clock: () => 0 });
  return { pusher, posted: () => socket.sent.get('one')?.length ?? 0 };
}

/** As the archiver gathers them: five minutes of a shard in one object. */
function archivedBytes(sent: readonly SentBody[]): number {
  const lines = sent.map((one, index) =>
    formatArchiveLine({
      generation: 0,
      shardId: 'shardId-000000000000',
      // As long as Kinesis' own.
      sequenceNumber: String(10n ** 55n + BigInt(index) * 7919n),
      arrivedAt: one.at,
      data: encodeRecord(recordOf(one)),
    }),
  );
  return rounded(gzipSync(`${lines.join('\n')}\n`).length / sent.length);
}

/** Three figures say what was measured. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
