/**
 * `npm run bench -- burst`: what a flood on one write key does to another key, and to the processor, in the embedded cloud. Senders are
 * processes of their own, and the flood's leaves the CPU to the others: in truth it comes from other machines.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from '../../localstack/build.ts';
import { type Cloud, startCloud } from '../../localstack/embedded/cloud.ts';
import { synth } from '../../localstack/synth.ts';
import { percentile } from '../../localstack/visitors/latency.ts';
import { newBatch } from '../e2e/batch.ts';
import { limitedAssembly, removeAssembly } from '../e2e/burst/limited-assembly.ts';
import { addOtherSite, other } from '../e2e/burst/other-site.ts';
import { startSender } from '../e2e/burst/sender.ts';
import type { Answers, SendPlan } from '../e2e/burst/sender-process.ts';
import { personAgent } from '../e2e/product.ts';
import { row, title } from './print.ts';

const root = join(import.meta.dirname, '..', '..');
const calmRequestsPerSecond = 10;
const quietRequests = 100;
const burstRequests = 10_000;
/** What a key may send a second, and what one sends: the API lets 2,000 through. */
const floods = [
  { limit: 20, rates: [250, 500, 1_000, 1_500, 1_900] },
  { limit: 500, rates: [100, 250, 500, 1_500] },
];

export async function benchBurst(): Promise<void> {
  await build(join(root, 'dist'));
  await synth(join(root, 'cdk.out'));
  for (const { limit, rates } of floods) await flooded(limit, rates);
}

async function flooded(limit: number, rates: number[]): Promise<void> {
  const assembly = limitedAssembly(join(root, 'cdk.out'), limit);
  const stateDir = mkdtempSync(join(tmpdir(), 'sitepulse-bench-'));
  const cloud = await startCloud({
    ports: { front: 0, demo: 0, aws: 0 },
    stateDir,
    dist: join(root, 'dist'),
    assembly,
    apiKey: 'sp_test_key_of_the_bench_0123456789',
    parameters: { CanaryState: 'DISABLED' },
  });
  try {
    await addOtherSite(cloud.urls.awsEndpoint, assembly);
    title(
      `A flood of ${burstRequests} on a key that may send ${limit} a second, another sends ${calmRequestsPerSecond}`,
    );
    // Instances start with the first crowd, and what they run has yet to be compiled.
    await startSender({ ...planOf(cloud, 'flood'), requestsPerSecond: 1_000, requestsMax: 3_000 }).answers;
    await settled(cloud);
    const calm = { ...planOf(cloud, 'calm'), requestsMax: quietRequests };
    const quiet = await measured(cloud, () => startSender(calm).answers);
    tell('quiet', quiet, quiet.answers);
    for (const rate of rates) await oneFlood(cloud, rate);
  } finally {
    await cloud.close();
    removeAssembly(assembly);
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function oneFlood(cloud: Cloud, requestsPerSecond: number): Promise<void> {
  const calmly = startSender(planOf(cloud, 'calm'));
  const requestsMax = Math.min(burstRequests, requestsPerSecond * 20);
  const during = await measured(
    cloud,
    () => startSender({ ...planOf(cloud, 'flood'), requestsPerSecond, requestsMax }).answers,
  ).finally(() => calmly.stop());
  const { answers: flood } = during;
  tell(`${requestsPerSecond}/s`, during, await calmly.answers);
  row(
    '  of the flood',
    `${flood.accepted} accepted, ${flood.limited} refused, ${flood.others.length} failed in ${seconds(flood)} s`,
  );
  row(
    '  CPU a request of it: product, sender',
    [during.cpuMs, flood.cpuMs].map((ms) => `${(ms / flood.sent).toFixed(2)} ms`).join(', '),
  );
  // What it has left behind is not the next one's.
  await settled(cloud);
}

function planOf(cloud: Cloud, which: 'calm' | 'flood'): SendPlan {
  const isFlood = which === 'flood';
  return {
    apiUrl: cloud.urls.apiUrl,
    batch: newBatch({ k: isFlood ? cloud.writeKey : other.writeKey }),
    agents: Array.from({ length: isFlood ? 40 : 5 }, (_, index) => personAgent((isFlood ? 100 : 150) + index)),
    requestsPerSecond: calmRequestsPerSecond,
    underWayMax: 200,
    ...(isFlood && { niceness: 19 }),
  };
}

interface Measured {
  answers: Answers;
  /** The processor's, ms, batch by batch. */
  lags: number[];
  /** Of the product's process: gateway, functions, and not the emulators of Kinesis and DynamoDB, which have their own. */
  cpuMs: number;
  /** Of the whole machine, 0..1. */
  busy: number;
}

async function measured(cloud: Cloud, run: () => Promise<Answers>): Promise<Measured> {
  const since = Date.now();
  const [own, machine] = [process.cpuUsage(), machineMs()];
  const answers = await run();
  const { user, system } = process.cpuUsage(own);
  const now = machineMs();
  return {
    answers,
    lags: lagsSince(cloud, since),
    cpuMs: (user + system) / 1_000,
    busy: (now.busy - machine.busy) / (now.all - machine.all),
  };
}

function machineMs(): { busy: number; all: number } {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const all = sum(cpus().flatMap(({ times }) => Object.values(times)));
  return { all, busy: all - sum(cpus().map(({ times }) => times.idle)) };
}

function lagsSince(cloud: Cloud, since: number): number[] {
  return cloud.logOf('process').flatMap((line) => {
    const lag = /"streamLagMs":(\d+)/.exec(line)?.[1];
    return lag !== undefined && Date.parse(line.split('\t')[0] ?? '') >= since ? [Number(lag)] : [];
  });
}

/** Until the processor has had nothing to do for three seconds. */
async function settled(cloud: Cloud): Promise<void> {
  while (lagsSince(cloud, Date.now() - 3_000).length > 0) await sleep(500);
}

const seconds = ({ startedAt, endedAt }: Answers) => ((endedAt - startedAt) / 1_000).toFixed(1);
const spread = (values: number[]) => [0.5, 0.95].map((share) => Math.round(percentile(values, share))).join(' / ');

function tell(name: string, { lags, busy }: Measured, calm: Answers): void {
  const refused = calm.sent - calm.accepted;
  row(
    name,
    `another key p50/p95 ${spread(calm.tookMs)} ms (${calm.sent} sent, ${refused} refused), ` +
      `processor's lag p50/p95 ${spread(lags)} ms, machine ${Math.round(busy * 100)} % busy`,
  );
}
