import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { archivePrefix } from '../../../functions/archive/archive-object.ts';
import { s3ArchiveStore } from '../../../functions/archive/archive-store.s3.ts';
import type { ArchiveStore } from '../../../functions/archive/archive-store.ts';
import { ArchivedShards } from '../../../functions/archive/archived-shards.ts';
import type { LiveAnswer, SeriesAnswer } from '../../../functions/contract/answer.ts';
import { hourPartition } from '../../../functions/contract/counter.ts';
import { kind, navigation } from '../../../functions/contract/event.ts';
import { localDay } from '../../../functions/contract/time-unit.ts';
import { auditDay } from '../../../localstack/audit/audit-day.ts';
import { auditPorts, type LocalClients, localClients } from '../../../localstack/audit/local-ports.dynamo.ts';
import { storedItems } from '../../../localstack/audit/stored-items.dynamo.ts';
import { rebuildPorts } from '../../../localstack/rebuild/local-ports.dynamo.ts';
import { rebuild } from '../../../localstack/rebuild/rebuild.ts';
import { countedTables, emptyTable, isEmpty } from '../../../localstack/restore/counted-tables.dynamo.ts';
import { readStackNames } from '../../../localstack/stack-names.ts';
import { newBatch, postBatch } from '../batch.ts';
import { eventually, type Product, personAgent, startProduct } from '../product.ts';

let product: Product;
let clients: LocalClients;
beforeAll(async () => {
  product = await startProduct();
  clients = localClients(product.urls.awsEndpoint);
});
afterAll(async () => {
  clients?.close();
  await product?.close();
});

let sent = 0;
/** One view of one of a few visitors. */
async function visit(): Promise<void> {
  sent += 1;
  const batch = newBatch({ x: [[kind.view, 0, 0, navigation.load]] });
  const headers = { 'user-agent': personAgent(150 + (sent % 5)) };
  expect((await postBatch(product.urls.apiUrl, batch, headers)).status).toBe(202);
}
async function pageViews(): Promise<number> {
  const { points } = await product.ask<SeriesAnswer>('series?unit=day');
  return points.reduce((sum, point) => sum + point.pageViews, 0);
}

const day = localDay(Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone);
async function expectNoDifference(epoch: string): Promise<void> {
  const ports = auditPorts(clients, readStackNames(), () => undefined, epoch);
  const { differences, counters } = await auditDay(epoch, 'demo', day, ports);
  expect(differences).toEqual([]);
  expect(counters).toBeGreaterThan(10);
}
it('recomputes a wrong counter while visitors come, and loses none of them', { timeout: 120_000 }, async () => {
  const names = readStackNames();
  for (let count = 0; count < 20; count++) await visit();
  await eventually(pageViews, (views) => views === sent);

  const counters = { client: clients.dynamo, table: names.countersTable };
  const [hour] = await storedItems(counters, hourPartition('1', 'demo', day));
  if (!hour) throw new Error('nothing was counted');
  await clients.dynamo.send(
    new UpdateItemCommand({
      TableName: names.countersTable,
      Key: { pk: { S: hour.key.pk }, sk: { S: hour.key.sk } },
      UpdateExpression: 'ADD pv :wrong',
      ExpressionAttributeValues: { ':wrong': { N: '100' } },
    }),
  );
  expect(await pageViews()).toBe(sent + 100);

  let isOver = false;
  const visitors = (async () => {
    while (!isOver) {
      await visit();
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  })();
  const report = await rebuild(
    rebuildPorts(clients, names, 'demo', () => undefined),
    { auditDays: 1, again: false },
  );
  isOver = true;
  await visitors;
  expect(report).toMatchObject({ from: '1', epoch: '2', differences: [] });
  expect(report.audited[0]?.counters).toBeGreaterThan(10);

  await visit();
  await eventually(pageViews, (views) => views === sent);
  expect((await product.ask<LiveAnswer>('live')).active).toBeGreaterThan(0);
  await expectNoDifference('2');
});

/** How many of the visitors' records are in the archive. */
async function archivedCount(archive: ArchiveStore): Promise<number> {
  const shards = new ArchivedShards(archive, await archive.keys(archivePrefix));
  let count = 0;
  for (const shardId of shards.shardIds()) for await (const _record of shards.records(shardId)) count += 1;
  return count;
}

it('restores everything from the archive alone, where all that was counted and remembered is gone', {
  timeout: 120_000,
}, async () => {
  const names = readStackNames();
  const archive = s3ArchiveStore(clients.s3, names.archiveBucket);
  await eventually(
    () => archivedCount(archive),
    (count) => count === sent,
    60_000,
  );
  for (const table of countedTables(names)) {
    expect(await emptyTable(clients, table, () => undefined)).toBeGreaterThan(0);
    expect(await isEmpty(clients, table)).toBe(true);
  }
  expect(await pageViews()).toBe(0);
  const report = await rebuild(
    rebuildPorts(clients, names, 'demo', () => undefined),
    { auditDays: 1, again: false },
  );
  expect(report).toMatchObject({ from: '2', epoch: '3', differences: [], archived: sent, streamOnly: 0 });
  expect(await pageViews()).toBe(sent);
  await visit();
  await eventually(pageViews, (views) => views === sent);
  await expectNoDifference('3');
});
