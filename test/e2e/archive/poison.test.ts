import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3ArchiveStore } from '../../../functions/archive/archive-store.s3.ts';
import type { SeriesAnswer } from '../../../functions/contract/answer.ts';
import { parseFailedKey } from '../../../functions/contract/failed.ts';
import type { HealthAnswer } from '../../../functions/contract/health.ts';
import { localDay } from '../../../functions/contract/time-unit.ts';
import { dynamoSiteStore } from '../../../functions/sites/site-store.dynamo.ts';
import { dynamoCounterStore } from '../../../functions/store/counter-store.dynamo.ts';
import { partitionKeyOf } from '../../../functions/stream/partition-key.ts';
import { encodeRecord } from '../../../functions/stream/record.ts';
import { auditDay } from '../../../localstack/audit/audit-day.ts';
import { auditPorts, type LocalClients, localClients } from '../../../localstack/audit/local-ports.dynamo.ts';
import { putRecord } from '../../../localstack/redrive/put-record.kinesis.ts';
import { redrive } from '../../../localstack/redrive/redrive.ts';
import { readStackNames } from '../../../localstack/stack-names.ts';
import { recordOf, view } from '../../unit/aggregate/given.ts';
import { newBatch, postBatch, postBody } from '../batch.ts';
import { eventually, giveKey, type Product, startBrowser, startProduct } from '../product.ts';

let product: Product;
let browser: Browser;
let clients: LocalClients;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
  clients = localClients(product.urls.awsEndpoint);
});
afterAll(async () => {
  clients?.close();
  await browser?.close();
  await product?.close();
});

async function visit(): Promise<void> {
  const response = await postBatch(product.urls.apiUrl, newBatch());
  expect(response.status).toBe(202);
}

/** A record that names a version of the site's configuration which does not exist yet. */
function poison() {
  const load = randomBytes(8).toString('hex');
  return recordOf({ receivedAt: Date.now(), visitor: load, load, config: 2, events: [view()] });
}

async function pageViews(): Promise<number> {
  const { points } = await product.ask<SeriesAnswer>('series?unit=day');
  return points.reduce((sum, point) => sum + point.pageViews, 0);
}
const health = () => product.ask<HealthAnswer>('health');

/** All that the function has written for one of its metrics, added up. */
function metricSum(fn: string, name: string): number {
  return product.cloud.logOf(fn).reduce((sum, line) => {
    const value = new RegExp(`"${name}":(\\d+)`).exec(line)?.[1];
    return sum + Number(value ?? 0);
  }, 0);
}

/** The health page, as whoever has the key sees it. */
async function openHealth(): Promise<Page> {
  const context = await browser.newContext();
  await giveKey(context, product);
  const page = await context.newPage();
  await page.goto(`${product.urls.dashboardUrl}#/health`);
  return page;
}

describe('a poison record between good ones', () => {
  it('holds nothing up, waits with its reason, and counts once when its cause is mended', {
    timeout: 120_000,
  }, async () => {
    const names = readStackNames();
    const put = putRecord(clients.kinesis, names.streamName);
    const archive = s3ArchiveStore(clients.s3, names.archiveBucket);
    const counters = dynamoCounterStore({ client: clients.dynamo, table: names.countersTable });
    const playAgain = () => redrive({}, { archive, counters, put, clock: Date.now, progress: () => undefined });
    const bad = poison();
    const page = await openHealth();
    await page.getByText('Every record that was accepted has been counted.').waitFor();

    await visit();
    await put(encodeRecord(bad), partitionKeyOf(bad));
    await put(Buffer.from('rubbish'), 'anywhere');
    await visit();
    await eventually(pageViews, (views) => views === 2);
    const [failed] = (
      await eventually(
        () => archive.keys('failed/site=demo/'),
        ({ length }) => length > 0,
      )
    ).map(parseFailedKey);
    expect(failed).toMatchObject({ site: 'demo', reason: 'unknown-config' });
    expect(failed?.sequenceNumber).toMatch(/^\d{50,56}$/);
    expect(metricSum('process', 'failedRecords')).toBe(2);
    expect(await health()).toMatchObject({
      failed: { records: 1, reasons: [{ reason: 'unknown-config', records: 1 }] },
      unattributed: { records: 1, reasons: [{ reason: 'not-json', records: 1 }] },
      samples: [
        { reason: 'unknown-config', sequenceNumber: failed?.sequenceNumber, events: [{ kind: 'view', count: 1 }] },
      ],
    });
    await page.getByTestId('waiting').getByText('2', { exact: true }).waitFor();
    const sample = await page.getByTestId('failed-table').innerText();
    expect(sample).toContain('1 view');
    for (const personal of [bad.visitor, bad.load]) expect(sample).not.toContain(personal);

    const sites = dynamoSiteStore({ client: clients.dynamo, table: names.sitesTable });
    const config = await sites.current('demo');
    if (!config) throw new Error('the demo site is gone');
    await sites.save(config);
    expect((await playAgain()).byReason).toEqual(
      new Map([
        ['unknown-config', 1],
        ['not-json', 1],
      ]),
    );
    await eventually(pageViews, (views) => views === 3);
    // What can't be mended is back, under its new position; what was mended is not, and playing on changes nothing.
    await eventually(health, ({ failed: own, unattributed }) => own.records === 0 && unattributed.records === 1);
    await playAgain();
    await visit();
    await eventually(pageViews, (views) => views === 4);
    expect((await health()).redriven.records).toBe(1);

    const day = localDay(Date.now(), config.zone);
    const { differences } = await auditDay(
      names.epoch,
      'demo',
      day,
      auditPorts(clients, names, () => undefined, names.epoch),
    );
    expect(differences).toEqual([]);
  });
});

describe('what is refused at the door', () => {
  it('is counted by reason and told to the site’s owner', async () => {
    const origin = 'https://stranger.example';
    const { apiUrl } = product.urls;
    expect((await postBatch(apiUrl, newBatch({ o: origin }), { origin })).status).toBe(403);
    expect((await postBody(apiUrl, 'rubbish')).status).toBe(400);
    const { refused } = await health();
    expect(refused.site).toMatchObject([{ code: 'foreign-origin', batches: 1 }]);
    expect(refused.site[0]?.sample).toContain(origin);
  });
});
