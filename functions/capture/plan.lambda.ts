import { environmentName as env, requireEnvironment } from '../environment.ts';
import { currentEpoch } from '../sites/current-epoch.ts';
import { dynamoEpochStore } from '../sites/epoch-store.dynamo.ts';
import { dynamoMarkerStore } from '../sites/marker-store.dynamo.ts';
import { dynamoSiteStore } from '../sites/site-store.dynamo.ts';
import { dynamoClient } from '../store/client.dynamo.ts';
import { dynamoCounterStore } from '../store/counter-store.dynamo.ts';
import { captureClient, lambdaCaptureCaller } from './capture-caller.lambda-client.ts';
import { createS3Client } from './capture-store.s3.ts';
import { type PlanPorts, planCaptures } from './plan.ts';
import { s3PlanStore } from './plan-store.s3.ts';

const client = dynamoClient();
const sites = { client, table: requireEnvironment(env.sitesTable) };
const epochs = dynamoEpochStore(sites);
const configuredEpoch = requireEnvironment(env.epoch);

const ports: Omit<PlanPorts, 'epoch'> = {
  sites: dynamoSiteStore(sites),
  markers: dynamoMarkerStore(sites),
  counters: dynamoCounterStore({ client, table: requireEnvironment(env.countersTable) }),
  plans: s3PlanStore(createS3Client(), requireEnvironment(env.capturesBucket)),
  captures: lambdaCaptureCaller(captureClient(), requireEnvironment(env.captureFunction)),
  now: () => Date.now(),
};

/** Run every few minutes. */
export async function handler(): Promise<void> {
  await planCaptures({ ...ports, epoch: await currentEpoch(epochs, configuredEpoch) });
}
