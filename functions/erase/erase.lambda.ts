import { randomBytes } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { archiveClient, s3ArchiveStore } from '../archive/archive-store.s3.ts';
import { environmentName, requireEnvironment } from '../environment.ts';
import { dynamoSaltStore } from '../identity/salt-store.dynamo.ts';
import { log } from '../log.ts';
import { dynamoAccessStore } from '../sites/access-store.dynamo.ts';
import { currentEpoch } from '../sites/current-epoch.ts';
import { dynamoEpochStore } from '../sites/epoch-store.dynamo.ts';
import { dynamoErasureStore } from '../sites/erasure-store.dynamo.ts';
import { dynamoSiteStore } from '../sites/site-store.dynamo.ts';
import { dynamoUserStore } from '../sites/user-store.dynamo.ts';
import { dynamoClient } from '../store/client.dynamo.ts';
import { dynamoProgressStore } from '../store/progress-store.dynamo.ts';
import { kinesisClient, kinesisStreamWriter } from '../stream/stream-writer.kinesis.ts';
import { eraseSites } from './erase.ts';
import { erasePlaces } from './erase-places.ts';

/** A step takes seconds at most. */
const timeKeptMs = 60_000;

const client = dynamoClient();
const tableOf = (name: Parameters<typeof requireEnvironment>[0]) => ({ client, table: requireEnvironment(name) });
const sites = tableOf(environmentName.sitesTable);
const counters = tableOf(environmentName.countersTable);
const buckets = archiveClient();
const epochs = dynamoEpochStore(sites);
const configuredEpoch = requireEnvironment(environmentName.epoch);

const ports = {
  erasures: dynamoErasureStore(sites),
  sites: dynamoSiteStore(sites),
  access: dynamoAccessStore(sites),
  users: dynamoUserStore(sites),
  progress: dynamoProgressStore(counters),
  stream: kinesisStreamWriter({ client: kinesisClient(), streamName: requireEnvironment(environmentName.streamName) }),
  places: erasePlaces({
    counters,
    visitors: tableOf(environmentName.visitorsTable),
    admissions: tableOf(environmentName.admissionsTable),
    sites,
    salts: dynamoSaltStore(sites, randomBytes),
    archive: s3ArchiveStore(buckets, requireEnvironment(environmentName.archiveBucket)),
    captures: s3ArchiveStore(buckets, requireEnvironment(environmentName.capturesBucket)),
    clock: Date.now,
  }),
};

/** Every five minutes; mostly there is nothing to do, which costs one read. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const { ended, left } = await eraseSites(Date.now(), {
    ...ports,
    epoch: await currentEpoch(epochs, configuredEpoch),
    hasTime: () => context.getRemainingTimeInMillis() > timeKeptMs,
  });
  for (const site of ended) log.info('nothing is left of a site that was deleted', { site });
  if (left > 0) log.info('sites are being removed', { sites: left });
}
