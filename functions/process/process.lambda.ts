import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { environmentName, requireEnvironment } from '../environment.ts';
import { emitMetrics } from '../metrics.ts';
import { dynamoConnectionStore } from '../push/connection-store.dynamo.ts';
import { makePusher } from '../push/push.ts';
import { apiGatewaySocket } from '../push/socket.api-gateway.ts';
import { dynamoAccessStore } from '../sites/access-store.dynamo.ts';
import { dynamoEpochStore } from '../sites/epoch-store.dynamo.ts';
import { dynamoSiteStore } from '../sites/site-store.dynamo.ts';
import { standingAt } from '../sites/standing.ts';
import { dynamoUsageStore } from '../sites/usage-store.dynamo.ts';
import { UsageTally } from '../sites/usage-tally.ts';
import { dynamoAdmissionStore } from '../store/admission-store.dynamo.ts';
import { dynamoClient } from '../store/client.dynamo.ts';
import { dynamoCounterStore } from '../store/counter-store.dynamo.ts';
import { meter } from '../store/meter.dynamo.ts';
import { dynamoProgressStore } from '../store/progress-store.dynamo.ts';
import { dynamoSetAsideStore } from '../store/set-aside-store.dynamo.ts';
import { dynamoVisitorStore } from '../store/visitor-store.dynamo.ts';
import { kinesisClient, kinesisStreamWriter } from '../stream/stream-writer.kinesis.ts';
import { AdmissionCache } from './admission-cache.ts';
import type { StreamBatch } from './batch.ts';
import { ConfigCache } from './config-cache.ts';
import { EpochGate } from './epoch-gate.ts';
import { archiveClient, s3FailedStore } from './failed-store.s3.ts';
import { Pace } from './pace.ts';
import { type ProcessDeps, processBatch } from './process.ts';
import { processInEpoch } from './process-in-epoch.ts';
import { metricsOf } from './process-metrics.ts';
import { usageOf } from './usage-of.ts';

/** While an epoch is handed over, a batch waits this long for it: looks, a quarter of a second apart. */
const epochLooks = 20;

const client = dynamoClient();
const consumed = meter(client);
const tableOf = (name: Parameters<typeof requireEnvironment>[0]) => ({ client, table: requireEnvironment(name) });
const counters = tableOf(environmentName.countersTable);
const visitors = tableOf(environmentName.visitorsTable);
const sites = tableOf(environmentName.sitesTable);
const connections = dynamoConnectionStore({
  ...tableOf(environmentName.connectionsTable),
  newTicket: () => randomBytes(16).toString('hex'),
});
const socket = apiGatewaySocket(requireEnvironment(environmentName.socketEndpoint));

/** What is the same in every epoch. */
const everyEpoch = {
  generation: Number(requireEnvironment(environmentName.streamGeneration)),
  clock: Date.now,
  counters: dynamoCounterStore(counters),
  progress: dynamoProgressStore(counters),
  setAside: dynamoSetAsideStore(visitors),
  configs: new ConfigCache(dynamoSiteStore(sites)),
  admissions: new AdmissionCache(dynamoAdmissionStore(tableOf(environmentName.admissionsTable))),
  stream: kinesisStreamWriter({ client: kinesisClient(), streamName: requireEnvironment(environmentName.streamName) }),
  failed: s3FailedStore(archiveClient(), requireEnvironment(environmentName.archiveBucket)),
  pace: new Pace(connections),
};
const standing = standingAt(dynamoAccessStore(sites));
const depsByEpoch = new Map<string, ProcessDeps>();
function depsOf(epoch: string): ProcessDeps {
  const deps = depsByEpoch.get(epoch) ?? {
    ...everyEpoch,
    epoch,
    visitors: dynamoVisitorStore(visitors, epoch),
    pusher: makePusher({ connections, socket, epoch, standing, watchersCachedMs: 1_000, clock: Date.now }),
  };
  depsByEpoch.set(epoch, deps);
  return deps;
}

const usage = new UsageTally(dynamoUsageStore(sites));

const gate = new EpochGate({
  epochs: dynamoEpochStore(sites),
  configured: requireEnvironment(environmentName.epoch),
  sleep: async (ms) => {
    await sleep(ms);
  },
  looks: epochLooks,
});

export async function handler(event: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> {
  const batch = batchOf(event);
  const { failedFrom, figures } = await processInEpoch(batch, gate, (epoch) => processBatch(batch, depsOf(epoch)));
  const now = Date.now();
  const used = consumed();
  const { values, properties } = metricsOf(batch, { failedFrom, figures }, used, now);
  emitMetrics('process', values, now, properties);
  for (const [site, share] of usageOf(figures, used)) usage.note(site, share);
  await usage.writeWhenDue(now);
  return { batchItemFailures: failedFrom === null ? [] : [{ itemIdentifier: failedFrom }] };
}

/** An event of a stream's mapping holds one shard's records; `eventID` is the shard's id and the sequence number. */
function batchOf({ Records }: KinesisStreamEvent): StreamBatch {
  const shardId = Records[0]?.eventID.split(':')[0] ?? '';
  return {
    shardId,
    records: Records.map(({ kinesis: { sequenceNumber, data, approximateArrivalTimestamp } }) => ({
      sequenceNumber,
      data: Buffer.from(data, 'base64'),
      arrivedAt: Math.round(approximateArrivalTimestamp * 1000),
    })),
  };
}
