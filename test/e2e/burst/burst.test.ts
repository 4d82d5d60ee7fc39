import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeriesAnswer } from '../../../functions/contract/answer.ts';
import { budgetMs } from '../../../functions/ingest/key-budget.ts';
import { ownRequests, ownRequestsPerSecond } from '../../../functions/ingest/key-limit.ts';
import { instancesMax } from '../../../localstack/embedded/lambda.ts';
import { percentile } from '../../../localstack/visitors/latency.ts';
import { newBatch } from '../batch.ts';
import { builtAssembly, eventually, type Product, personAgent, startBrowser, startProduct } from '../product.ts';
import { limitedAssembly, removeAssembly } from './limited-assembly.ts';
import { addOtherSite, other } from './other-site.ts';
import { type Sender, startSender } from './sender.ts';
import type { Answers, SendPlan } from './sender-process.ts';

const burstRequests = 10_000;
/** More would be a flood that the gateway throttles (2,000 a second), whoever comes. */
const floodRequestsPerSecond = 1_500;
const floodRequestsMax = 100_000;
const keyRequestsPerSecondMax = 20;
const floodVisitors = 40;
const calmRequestsPerSecond = 10;

const assembly = limitedAssembly(builtAssembly, keyRequestsPerSecondMax);
let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({}, assembly), startBrowser()]);
  await addOtherSite(product.urls.awsEndpoint, assembly);
});
afterAll(async () => {
  await browser?.close();
  await product?.close();
  removeAssembly(assembly);
});

const calmPlan = (): SendPlan => ({
  apiUrl: product.urls.apiUrl,
  batch: newBatch({ k: other.writeKey }),
  agents: [personAgent(150)],
  requestsPerSecond: calmRequestsPerSecond,
  underWayMax: 1_000,
});

const floodPlan = (): SendPlan => ({
  apiUrl: product.urls.apiUrl,
  batch: newBatch({ k: product.cloud.writeKey }),
  agents: Array.from({ length: floodVisitors }, (_, index) => personAgent(100 + index)),
  requestsPerSecond: floodRequestsPerSecond,
  underWayMax: 64,
  niceness: 19,
});

/** Opens the demo page until one of them meets the limit. @returns the statuses that each page's requests were answered, as they come. */
async function visitUntilRefused({ progress }: Sender): Promise<number[][]> {
  const visits: number[][] = [];
  while (!visits.flat().includes(429)) {
    if (progress().sent > floodRequestsMax) throw new Error(`no page was refused: ${JSON.stringify(visits)}`);
    const statuses: number[] = [];
    visits.push(statuses);
    const page = await browser.newPage();
    page.on('response', (response) => {
      if (new URL(response.url()).pathname === '/v1/events') statuses.push(response.status());
    });
    await page.goto(product.urls.demoUrl);
    await eventually(
      async () => statuses.length,
      (length) => length > 0,
    );
  }
  return visits;
}

/** Floods until enough is sent and a page has met the limit. */
async function flood(): Promise<{ flooding: Answers; visits: number[][] }> {
  const sender = startSender(floodPlan());
  try {
    const until = (isReached: () => boolean) => eventually(async () => isReached(), Boolean, 120_000);
    await until(() => sender.progress().limited > 0);
    const visits = await visitUntilRefused(sender);
    await until(() => sender.progress().sent >= burstRequests);
    sender.stop();
    return { flooding: await sender.answers, visits };
  } finally {
    sender.stop();
  }
}

async function pageViews(site: string, apiKey: string): Promise<number> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await product.call(`/v1/sites/${site}/series?unit=hour`, { headers });
  expect(response.status).toBe(200);
  const { points } = (await response.json()) as SeriesAnswer;
  return points.reduce((sum, point) => sum + point.pageViews, 0);
}

/** What the lines of a function's log tell by a name. */
function told(fn: string, name: string): number[] {
  return product.cloud.logOf(fn).flatMap((line) => {
    const value = new RegExp(`"${name}":(\\d+)`).exec(line)?.[1];
    return value === undefined ? [] : [Number(value)];
  });
}

const sum = (values: number[]) => values.reduce((all, one) => all + one, 0);
const p95 = (values: number[]) => Math.round(percentile(values, 0.95));

it('10,000 requests in a burst of one key: it is limited, another key is not, and all that was accepted is counted', async () => {
  const quiet = await startSender({ ...calmPlan(), requestsMax: 40 }).answers;
  await eventually(
    () => pageViews(other.site, other.apiKey),
    (views) => views === quiet.accepted,
  );
  const quietLag = told('process', 'streamLagMs');

  const calmly = startSender(calmPlan());
  const { flooding, visits } = await flood().finally(() => calmly.stop());
  const calm = await calmly.answers;

  // The key's own limit, not the gateway's: that one gives no time.
  expect(flooding.others).toEqual([]);
  expect(flooding.accepted + flooding.limited).toBe(flooding.sent);
  expect(flooding.sent).toBeGreaterThanOrEqual(burstRequests);
  expect(flooding.waitsS.filter((waitS) => !(waitS >= 1))).toEqual([]);
  const floodS = (flooding.endedAt - flooding.startedAt) / 1_000;
  const own = instancesMax * (ownRequests + ownRequestsPerSecond * floodS);
  expect(flooding.accepted).toBeLessThanOrEqual(keyRequestsPerSecondMax * (floodS + budgetMs / 1_000) + own);

  // The other key is not refused once, and nobody waits until the flood is over.
  expect(calm).toMatchObject({ limited: 0, others: [], accepted: calm.sent });
  expect(calm.answeredAt.filter((at) => at < flooding.endedAt).length).toBeGreaterThanOrEqual(
    calm.sentAt.filter((at) => at < (flooding.startedAt + flooding.endedAt) / 2).length,
  );

  // A page that was refused comes again, later and not at once, until it is accepted.
  expect(visits.flat()).toContain(429);
  await eventually(
    async () => visits,
    (all) => all.every((statuses) => statuses.includes(202)),
    40_000,
  );
  await eventually(
    () => pageViews(product.cloud.site, product.apiKey),
    (views) => views === flooding.accepted + visits.length,
  );
  await eventually(
    () => pageViews(other.site, other.apiKey),
    (views) => views === quiet.accepted + calm.accepted,
  );

  // The processor has seen none of what was refused, and the log a line for some hundreds of it.
  expect(new Set(told('process', 'failedRecords'))).toEqual(new Set([0]));
  expect(sum(told('process', 'records'))).toBe(flooding.accepted + visits.length + quiet.accepted + calm.accepted);
  const refusals = product.cloud.logOf('ingest').filter((line) => line.includes('too-many-requests'));
  expect(refusals.length).toBeLessThan(flooding.limited / 20);

  console.log(
    `burst: ${flooding.sent} sent in ${floodS.toFixed(1)} s, ${flooding.accepted} accepted, ${flooding.limited} limited; ` +
      `another key: ${calm.sent} accepted, p95 ${p95(calm.tookMs)} ms (${p95(quiet.tookMs)} ms before); ` +
      `the processor's lag: p95 ${p95(told('process', 'streamLagMs').slice(quietLag.length))} ms (${p95(quietLag)} ms before); ` +
      `pages: ${JSON.stringify(visits)}`,
  );
}, 240_000);
