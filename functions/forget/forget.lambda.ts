import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { archiveClient, s3ArchiveStore } from '../archive/archive-store.s3.ts';
import { environmentName, requireEnvironment } from '../environment.ts';
import { dynamoSaltStore } from '../identity/salt-store.dynamo.ts';
import { log } from '../log.ts';
import { emitMetrics } from '../metrics.ts';
import { dynamoEpochStore } from '../sites/epoch-store.dynamo.ts';
import { dynamoSiteStore } from '../sites/site-store.dynamo.ts';
import { dynamoVisitorErasureStore } from '../sites/visitor-erasure-store.dynamo.ts';
import { dynamoAdmissionStore } from '../store/admission-store.dynamo.ts';
import { dynamoClient } from '../store/client.dynamo.ts';
import { dynamoPartitions } from '../store/partitions.dynamo.ts';
import { dynamoVisitorStore } from '../store/visitor-store.dynamo.ts';
import { type Swept, sweep } from './sweep.ts';

/** A partition takes seconds at most. */
const timeKeptMs = 60_000;

const client = dynamoClient();
const tableOf = (name: Parameters<typeof requireEnvironment>[0]) => ({ client, table: requireEnvironment(name) });
const sites = tableOf(environmentName.sitesTable);
const visitors = tableOf(environmentName.visitorsTable);
const admissions = tableOf(environmentName.admissionsTable);

const buckets = archiveClient();

const ports = {
  archive: s3ArchiveStore(buckets, requireEnvironment(environmentName.archiveBucket)),
  captures: s3ArchiveStore(buckets, requireEnvironment(environmentName.capturesBucket)),
  sites: dynamoSiteStore(sites),
  salts: dynamoSaltStore(sites, randomBytes),
  erasures: dynamoVisitorErasureStore(sites),
  epochs: dynamoEpochStore(sites),
  configuredEpoch: requireEnvironment(environmentName.epoch),
  admissions: dynamoAdmissionStore(admissions),
  counterItems: dynamoPartitions(tableOf(environmentName.countersTable)),
  admissionItems: dynamoPartitions(admissions),
  visitorsOf: (epoch: string) => dynamoVisitorStore(visitors, epoch),
  archiveRetentionDays: Number(requireEnvironment(environmentName.archiveRetentionDays)),
  captureRetentionDays: Number(requireEnvironment(environmentName.captureRetentionDays)),
  clock: Date.now,
  every,
};

/** Run every hour, by a schedule. Two runs at once do no harm: only one of them erases. */
export async function handler(_event: unknown, context: Context): Promise<Swept> {
  const hasTime = () => context.getRemainingTimeInMillis() > timeKeptMs;
  const swept = await sweep({ ...ports, holder: randomUUID(), hasTime });
  const { failures, ...done } = swept;
  emitMetrics('forget', { sweepFailures: failures }, Date.now(), done);
  return swept;
}

function every(ms: number, action: () => Promise<void>): () => void {
  const timer = setInterval(() => void action().catch((error) => log.error('the hold was not renewed', error)), ms);
  return () => clearInterval(timer);
}
