import { setTimeout as sleep } from 'node:timers/promises';
import { localClients } from '../../localstack/audit/local-ports.dynamo.ts';
import { onlyStream, reshard } from '../../localstack/shards/reshard.kinesis.ts';
import { readDemoPages } from '../../localstack/visitors/demo-layout.ts';
import type { LocalProduct } from '../../localstack/visitors/local-product.ts';
import { type Population, populate, visitorsAtOnce } from '../../localstack/visitors/population.ts';
import { type Dashboard, openDashboard } from '../e2e/two-dashboards/dashboard.ts';
import { countersOf, differences } from '../e2e/two-dashboards/differences.ts';
import { Book } from './book.ts';
import { CountingClock } from './counting-clock.ts';
import { type FaultKind, faultKinds } from './fault-kinds.ts';
import { FaultPlan } from './fault-plan.ts';
import { type OwnCloud, startOwnCloud } from './own-cloud.ts';
import { judge, type Verdict } from './verdict.ts';

export interface ChaosOptions {
  seconds: number;
  /** Events a second. */
  rate: number;
  seed: number;
  /** How many times as often as usual a fault strikes. */
  frequency: number;
  /** Go on beyond `seconds` until every kind has struck. */
  untilAllStruck: boolean;
  stateDir: string;
  dist: string;
  assembly: string;
  apiKey: string;
  tell(line: string): void;
}

export interface ChaosReport extends Verdict {
  book: Book;
  struck: ReadonlyMap<FaultKind, number>;
  /** From the first visitor's arrival until the last answer. */
  sentMs: number;
}

const dashboardCount = 3;
const tellEveryMs = 5_000;
/** Visitors try again what was not answered; then all is processed and archived. The rest of a run has so long for each. */
const restMsMax = 300_000;
/** Of `untilAllStruck`: after so many times `seconds` it is over whatever has struck. */
const overtimeMax = 12;
const demoOrigin = 'http://localhost:8081';

/** Visitors and dashboards on an embedded cloud of their own, everything breaking all the while; then the reckoning. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, tell, apiKey, assembly } = options;
  const plan = new FaultPlan(seed, options.frequency);
  const cloud = await startOwnCloud(
    { ...options, parameters: { ArchiveWindowSeconds: '2', CanaryState: 'DISABLED' } },
    plan,
  );
  const dashboards: Dashboard[] = [];
  try {
    const book = new Book();
    const clock = new CountingClock();
    const since = Date.now();
    for (let count = 0; count < dashboardCount; count++) dashboards.push(watch(cloud, cloud.frontUrl, apiKey));
    const population = arrive(cloud, options, book, clock);
    await rage(cloud, options, plan, book, population);
    tell(`Nothing breaks any more; all leave. At most ${restMsMax / 1000} s until all is answered …`);
    plan.rest();
    await allAnswered(population, clock);
    const sentMs = Date.now() - since;
    tell(`At most ${restMsMax / 1000} s until all is processed and archived …`);
    const local: LocalProduct = { ...cloud.direct, site: cloud.site, writeKey: cloud.writeKey, apiKey };
    const verdict = await judge(local, assembly, book, since, restMsMax, tell);
    const apart = await untilAlike(dashboards, cloud, apiKey);
    return { ...verdict, differences: [...verdict.differences, ...apart], book, struck: plan.struck(), sentMs };
  } finally {
    for (const dashboard of dashboards) dashboard.close();
    await cloud.close();
  }
}

function arrive(cloud: OwnCloud, { rate, seed, seconds }: ChaosOptions, book: Book, clock: CountingClock): Population {
  const pages = readDemoPages();
  const count = visitorsAtOnce(rate, seed, pages);
  const to = { eventsUrl: new URL('/v1/events', cloud.frontUrl), demoOrigin, writeKey: cloud.writeKey };
  return populate(count, Math.min(10_000, seconds * 200), seed, pages, to, book, clock);
}

/** All leave; what was not answered is tried again. @throws Error when that does not come to its end in time. */
async function allAnswered(population: Population, clock: CountingClock): Promise<void> {
  let isGone = false;
  const leaving = population.leave().then(() => {
    isGone = true;
  });
  await until(() => isGone && clock.waiting === 0, restMsMax);
  if (!isGone || clock.waiting > 0) {
    throw new Error(
      `after ${restMsMax / 1000} s some batches are still unanswered: the machine is too slow for this rate`,
    );
  }
  await leaving;
}

/** What happens to the whole, and after which part of the time. One after the other: nobody changes shards of a stream that is killed. */
const acts = [
  { after: 0.25, what: 'The stream is split to 4 shards …', act: (cloud: OwnCloud) => toShards(cloud, 4) },
  { after: 0.5, what: 'Everything is killed, and starts again …', act: (cloud: OwnCloud) => cloud.crash() },
  { after: 0.75, what: 'The stream is merged to 2 shards …', act: (cloud: OwnCloud) => toShards(cloud, 2) },
];

/** Until the time is over and all acts have been played. */
async function rage(
  cloud: OwnCloud,
  { seconds, untilAllStruck, tell }: ChaosOptions,
  plan: FaultPlan,
  book: Book,
  population: Population,
): Promise<void> {
  const begun = Date.now();
  const passed = () => Date.now() - begun;
  const lacksKinds = () => untilAllStruck && faultKinds.some((kind) => !plan.struck().get(kind));
  const telling = setInterval(() => {
    const rate = Math.round((book.acceptedEvents / passed()) * 1000);
    tell(
      `${Math.round(passed() / 1000)} s: ${population.size()} here, ${book.requests} requests, ${book.acceptedEvents} events accepted (${rate}/s), ${plan.total()} faults`,
    );
  }, tellEveryMs);
  try {
    for (const { after, what, act } of acts) {
      await sleep(Math.max(0, after * seconds * 1000 - passed()));
      tell(what);
      await act(cloud);
    }
    await sleep(Math.max(0, seconds * 1000 - passed()));
    await until(() => !lacksKinds(), overtimeMax * seconds * 1000);
  } finally {
    clearInterval(telling);
  }
}

async function toShards({ direct }: OwnCloud, count: number): Promise<void> {
  const { kinesis, close } = localClients(direct.awsEndpoint);
  try {
    await reshard(kinesis, await onlyStream(kinesis), count, () => undefined);
  } finally {
    close();
  }
}

/** Errors that the API answers while it is being broken are no fault of the dashboard. */
function watch({ site }: OwnCloud, frontUrl: string, apiKey: string): Dashboard {
  const urls = { apiUrl: frontUrl, socketUrl: `${frontUrl.replace('http', 'ws')}/socket` };
  return openDashboard({ urls, cloud: { site } }, apiKey, true, () => undefined);
}

/** What the dashboards that were there all the time know, after they came back once more, against one that was just opened. */
async function untilAlike(dashboards: Dashboard[], cloud: OwnCloud, apiKey: string): Promise<string[]> {
  const fresh = openDashboard({ urls: cloud.direct, cloud }, apiKey, true);
  try {
    await until(() => fresh.now().complete, restMsMax);
    const known = (dashboard: Dashboard) => countersOf(dashboard.now().items.values());
    for (const dashboard of dashboards) dashboard.cut();
    const apart = () => dashboards.flatMap((dashboard) => differences(known(fresh), known(dashboard)));
    await until(() => apart().length === 0, restMsMax);
    return apart().length > 0 || known(fresh).size === 0
      ? [`dashboards: ${apart().length} counters of ${known(fresh).size} differ`]
      : [];
  } finally {
    fresh.close();
  }
}

/** Also returns when the time is over: whoever waits looks again. */
async function until(isSo: () => boolean, withinMs: number): Promise<void> {
  const endsAt = Date.now() + withinMs;
  while (!isSo() && Date.now() < endsAt) await sleep(50);
}
