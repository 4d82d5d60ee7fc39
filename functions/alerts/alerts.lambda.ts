import { parseNetworks } from '../capture/address.ts';
import { environmentName as env, optionalEnvironment, requireEnvironment } from '../environment.ts';
import { emitMetrics } from '../metrics.ts';
import { dynamoAlertStore } from '../sites/alert-store.dynamo.ts';
import { currentEpoch } from '../sites/current-epoch.ts';
import { dynamoEpochStore } from '../sites/epoch-store.dynamo.ts';
import { dynamoSiteStore } from '../sites/site-store.dynamo.ts';
import { dynamoAdmissionStore } from '../store/admission-store.dynamo.ts';
import { dynamoClient } from '../store/client.dynamo.ts';
import { dynamoCounterStore } from '../store/counter-store.dynamo.ts';
import { sesMailer } from './mailer.ses.ts';
import { postJson } from './post.ts';
import { type WatchPorts, watchSites } from './watch-sites.ts';

const client = dynamoClient();
const sites = { client, table: requireEnvironment(env.sitesTable) };
const epochs = dynamoEpochStore(sites);
const configuredEpoch = requireEnvironment(env.epoch);
const networks = parseNetworks(optionalEnvironment(env.captureNetworks));
const sender = optionalEnvironment(env.alertSender);

const ports: Omit<WatchPorts, 'epoch'> = {
  sites: dynamoSiteStore(sites),
  alerts: dynamoAlertStore(sites),
  counters: dynamoCounterStore({ client, table: requireEnvironment(env.countersTable) }),
  admissions: dynamoAdmissionStore({ client, table: requireEnvironment(env.admissionsTable) }),
  mail: sender ? sesMailer(sender) : null,
  post: (url, body, headers) => postJson(url, body, headers, { networks }),
};

/** Run every few minutes. */
export async function handler(): Promise<void> {
  const now = Date.now();
  const { sent, failed } = await watchSites(now, { ...ports, epoch: await currentEpoch(epochs, configuredEpoch) });
  emitMetrics('alerts', { alertsSent: sent, alertFailures: failed }, now);
}
