import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalClients, localClients } from '../../../localstack/audit/local-ports.dynamo.ts';
import { onlyStream, openShards, reshard } from '../../../localstack/shards/reshard.kinesis.ts';
import { readDemoPages } from '../../../localstack/visitors/demo-layout.ts';
import { populate, visitorsAtOnce } from '../../../localstack/visitors/population.ts';
import { Book } from '../../chaos/book.ts';
import { judge } from '../../chaos/verdict.ts';
import { eventually, type Product, startProduct } from '../product.ts';

const eventsPerSecond = 150;
const assembly = join(import.meta.dirname, '..', '..', '..', 'cdk.out');

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

describe('shards that are split and merged while visitors come', () => {
  it('1 → 4 → 3 → 2: every event is counted once', async () => {
    const { apiKey } = product;
    const { apiUrl, demoUrl } = product.urls;
    const pages = readDemoPages();
    const { site, writeKey } = product.cloud;
    const to = { eventsUrl: new URL('/v1/events', apiUrl), demoOrigin: new URL(demoUrl).origin, writeKey };
    const book = new Book();
    const since = Date.now();
    const population = populate(visitorsAtOnce(eventsPerSecond, 5, pages), 1_000, 5, pages, to, book);
    const stream = await onlyStream(clients.kinesis);
    for (const target of [4, 3, 2]) {
      const accepted = book.acceptedEvents;
      await eventually(
        async () => book.acceptedEvents,
        (events) => events > accepted + 100,
      );
      expect(await reshard(clients.kinesis, stream, target, () => undefined)).toBeGreaterThan(0);
      expect(await openShards(clients.kinesis, stream)).toHaveLength(target);
    }
    await population.leave();
    const local = { ...product.urls, site, writeKey, apiKey };
    const { differences, audits } = await judge(local, assembly, book, since, 120_000, () => undefined);
    expect(differences).toEqual([]);
    expect(audits[0]?.refolded.records).toBeGreaterThan(50);
  }, 240_000);
});
