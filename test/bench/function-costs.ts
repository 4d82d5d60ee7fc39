/** What an invocation costs beside its calls: CPU, and bytes of log. */
import { Readable } from 'node:stream';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { UnitCosts } from '../../functions/contract/unit-costs.ts';
import { metricsOf as ingestMetrics } from '../../functions/ingest/ingest-metrics.ts';
import { emitMetrics } from '../../functions/metrics.ts';
import { noFigures } from '../../functions/process/process.ts';
import { metricsOf as processMetrics } from '../../functions/process/process-metrics.ts';
import { encodeRecord } from '../../functions/stream/record.ts';
import { rounded } from './costs.ts';
import { batchesOf, meteredProcessor, processOne, recordOf } from './pipeline.ts';
import type { SentBody } from './recorded-visits.ts';
import { WriteUnits } from './write-units.ts';

/** ms of CPU, mean of `runs` after one that warms up. */
async function cpuMs(runs: number, work: () => unknown): Promise<number> {
  await work();
  const before = process.cpuUsage();
  for (let run = 0; run < runs; run++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / runs;
}

export async function cpuCosts(sent: SentBody[]): Promise<UnitCosts['cpuMs']> {
  const batches = batchesOf(sent, 1_000);
  const ingest = await cpuMs(5, () => sent.map((one) => encodeRecord(recordOf(one))));
  const processing = await cpuMs(5, async () => {
    const deps = meteredProcessor(new WriteUnits());
    for (const batch of batches) await processOne(batch, deps);
  });
  return {
    ingestRequest: rounded(ingest / sent.length),
    processRecord: rounded(processing / sent.length),
    sdkCall: rounded(await sdkCallMs()),
  };
}

/** An update of twenty counters, written, signed and answered without a network. */
async function sdkCallMs(): Promise<number> {
  const names = Array.from({ length: 20 }, (_, index) => `counter${index}`);
  const answer = JSON.stringify({ Attributes: Object.fromEntries(names.map((name) => [name, { N: '12' }])) });
  const client = new DynamoDBClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    cacheMiddleware: true,
    requestHandler: {
      handle: async () => ({
        response: {
          statusCode: 200,
          headers: { 'content-type': 'application/x-amz-json-1.0' },
          body: Readable.from([Buffer.from(answer)]),
        },
      }),
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
    },
  });
  // As the functions' own client does.
  client.middlewareStack.remove('loggerMiddleware');
  const update = () =>
    new UpdateItemCommand({
      TableName: 'counters',
      Key: { pk: { S: '1|bench|hour|2026-03-10' }, sk: { S: '2026-03-10T09:00Z' } },
      UpdateExpression: `ADD ${names.map((_, index) => `#a${index} :a`).join(',')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#a${index}`, name])),
      ExpressionAttributeValues: { ':a': { N: '1' } },
    });
  const calls = 200;
  const total = await cpuMs(5, async () => {
    for (let call = 0; call < calls; call++) await client.send(update());
  });
  client.destroy();
  return total / calls;
}

/** What the entries tell of a request and of a batch, in numbers of the usual length. */
export function logCosts(sent: SentBody[]): UnitCosts['logBytes'] {
  const [first] = sent;
  if (!first) throw new Error('no visits were recorded');
  const { load, n, events } = recordOf(first);
  const batch = `${load}:${n}`;
  const answer = { watched: false, everyMs: 1_000 };
  const accepted = ingestMetrics({
    what: 'accepted',
    answer,
    origin: '',
    site: 'bench',
    eventCount: events.length,
    batch,
  });
  const source = { sequenceNumber: '9'.repeat(56), data: new Uint8Array(), arrivedAt: first.at };
  const figures = { ...noFigures(12), batches: [batch], events: 12, itemsWritten: 12, newestReceipt: first.at };
  const processed = processMetrics(
    { shardId: 'shardId-000000000000', records: [source] },
    { failedFrom: null, figures },
    { writeUnits: 24, readUnits: 12.5, throttles: 0 },
    first.at + 512,
  );
  return {
    ingestRequest: lineBytes(() => emitMetrics('ingest', accepted.values, first.at, accepted.properties)),
    processBatch: lineBytes(() => emitMetrics('process', processed.values, first.at, processed.properties)),
  };
}

function lineBytes(write: () => void): number {
  const print = console.log;
  let bytes = 0;
  console.log = (line: string) => {
    bytes += Buffer.byteLength(line) + 1;
  };
  try {
    write();
  } finally {
    console.log = print;
  }
  return bytes;
}
