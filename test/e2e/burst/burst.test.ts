import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeriesAnswer } from '../../../functions/contract/answer.ts';
import { defaultPathRules } from '../../../functions/contract/site.ts';
import { ownRequests, windowMs } from '../../../functions/ingest/key-limit.ts';
import { dynamoAccessStore } from '../../../functions/sites/access-store.dynamo.ts';
import { grantKey } from '../../../functions/sites/grant-key.ts';
import { dynamoSiteStore } from '../../../functions/sites/site-store.dynamo.ts';
import { localClients } from '../../../localstack/audit/local-ports.dynamo.ts';
import { instancesMax } from '../../../localstack/embedded/lambda.ts';
import { readStackNames } from '../../../localstack/stack-names.ts';
import { percentile } from '../../../localstack/visitors/latency.ts';
import { newBatch, postBatch } from '../batch.ts';
import { builtAssembly, eventually, type Product, personAgent, startBrowser, startProduct } from '../product.ts';
import { limitedAssembly, removeAssembly } from './limited-assembly.ts';

const burstRequests = 10_000;
const parallelRequests = 32;
const keyRequestsPerSecondMax = 20;
const floodVisitors = 40;
const calmEveryMs = 100;
const other = { site: 'other', writeKey: 'key-of-other', apiKey: 'sp_test_key_of_the_other_site_0123456789' };

const assembly = limitedAssembly(builtAssembly, keyRequestsPerSecondMax);
let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({}, assembly), startBrowser()]);
  await addOtherSite();
});
afterAll(async () => {
  await browser?.close();
  await product?.close();
  removeAssembly(assembly);
});

async function addOtherSite(): Promise<void> {
  const clients = localClients(product.urls.awsEndpoint);
  const table = { client: clients.dynamo, table: readStackNames(assembly).sitesTable };
  const { site, writeKey, apiKey } = other;
  const sites = dynamoSiteStore(table);
  await sites.save({
    site,
    version: 0,
    name: 'Other',
    zone: 'UTC',
    origins: ['http://localhost:*'],
    pathRules: defaultPathRules,
    watchedRequestsPerSecondMax: 60,
  });
  await sites.addWriteKey(site, writeKey);
  await grantKey(dynamoAccessStore(table), site, apiKey, { label: 'Test', scope: 'read', createdAt: 0 });
  clients.close();
}

/** What one key's requests were answered. */
interface Answers {
  sent: number;
  accepted: number;
  limited: number;
  /** Seconds that a refused one was told to wait. */
  waitsS: number[];
  /** Anything but 202 and 429. */
  others: string[];
  tookMs: number[];
}
const noAnswers = (): Answers => ({ sent: 0, accepted: 0, limited: 0, waitsS: [], others: [], tookMs: [] });

async function sendOne(answers: Answers, k: string, agent: number): Promise<void> {
  answers.sent++;
  const since = performance.now();
  const response = await postBatch(product.urls.apiUrl, newBatch({ k }), { 'user-agent': personAgent(agent) });
  const text = await response.text();
  answers.tookMs.push(performance.now() - since);
  if (response.status === 202) answers.accepted++;
  else if (response.status === 429) {
    answers.limited++;
    answers.waitsS.push(Number(response.headers.get('retry-after')));
  } else answers.others.push(`${response.status} ${text}`);
}

async function flood(answers: Answers): Promise<void> {
  await Promise.all(
    Array.from({ length: parallelRequests }, async () => {
      while (answers.sent < burstRequests)
        await sendOne(answers, product.cloud.writeKey, 100 + (answers.sent % floodVisitors));
    }),
  );
}

/** One request after the other at an even pace, until told to stop. */
async function calmly(answers: Answers, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    await sendOne(answers, other.writeKey, 150);
    await new Promise((resolve) => setTimeout(resolve, calmEveryMs));
  }
}

/** Opens the demo page until one of them meets the limit. @returns the statuses that each page's requests were answered, as they come. */
async function visitUntilRefused(flooding: Answers): Promise<number[][]> {
  const visits: number[][] = [];
  await eventually(
    async () => flooding.limited,
    (limited) => limited > 0,
  );
  while (!visits.flat().includes(429) && flooding.sent < burstRequests) {
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

async function pageViews(site: string, apiKey: string): Promise<number> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await product.call(`/v1/sites/${site}/series?unit=hour`, { headers });
  expect(response.status).toBe(200);
  const { points } = (await response.json()) as SeriesAnswer;
  return points.reduce((sum, point) => sum + point.pageViews, 0);
}

/** A number that the processor's lines in the log tell. */
function told(name: string): number[] {
  return product.cloud.logOf('process').flatMap((line) => {
    const value = new RegExp(`"${name}":(\\d+)`).exec(line)?.[1];
    return value === undefined ? [] : [Number(value)];
  });
}

const p95 = (values: number[]) => Math.round(percentile(values, 0.95));

it('10,000 requests at once of one key: it is limited, another key is not, and all that was accepted is counted', async () => {
  const quiet = noAnswers();
  while (quiet.sent < 30) await sendOne(quiet, other.writeKey, 150);
  await eventually(
    () => pageViews(other.site, other.apiKey),
    (views) => views === quiet.accepted,
  );
  const quietLag = told('streamLagMs');

  const flooding = noAnswers();
  const calm = noAnswers();
  const stop = new AbortController();
  const since = performance.now();
  const bursting = Promise.all([visitUntilRefused(flooding), flood(flooding)]).finally(() => stop.abort());
  const [[visits]] = await Promise.all([bursting, calmly(calm, stop.signal)]);
  const tookS = (performance.now() - since) / 1000;

  // The key's own limit, not the gateway's: that one gives no time.
  expect(flooding.others).toEqual([]);
  expect(flooding.accepted + flooding.limited).toBe(flooding.sent);
  expect(flooding.sent).toBeGreaterThanOrEqual(burstRequests);
  expect(flooding.limited).toBeGreaterThan(0);
  const windows = Math.floor((tookS * 1000) / windowMs) + 2;
  const perWindow = (keyRequestsPerSecondMax * windowMs) / 1000 + instancesMax * ownRequests;
  expect(flooding.accepted).toBeLessThanOrEqual(windows * perWindow);
  expect(Math.min(...flooding.waitsS)).toBeGreaterThanOrEqual(1);
  expect(calm).toMatchObject({ limited: 0, others: [], accepted: calm.sent });

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
  expect(new Set(told('failedRecords'))).toEqual(new Set([0]));

  console.log(
    `burst: ${flooding.sent} sent in ${tookS.toFixed(1)} s, ${flooding.accepted} accepted, ${flooding.limited} limited; ` +
      `another key: ${calm.sent} accepted, p95 ${p95(calm.tookMs)} ms (${p95(quiet.tookMs)} ms before); ` +
      `the processor's lag: p95 ${p95(told('streamLagMs'))} ms (${p95(quietLag)} ms before); pages: ${JSON.stringify(visits)}`,
  );
}, 240_000);
