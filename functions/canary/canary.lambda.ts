import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hourKey, seriesName } from '../contract/counter.ts';
import { hourMs, localDay } from '../contract/time-unit.ts';
import { environmentName, requireEnvironment } from '../environment.ts';
import { log } from '../log.ts';
import { emitMetrics } from '../metrics.ts';
import { currentEpoch } from '../sites/current-epoch.ts';
import { dynamoEpochStore } from '../sites/epoch-store.dynamo.ts';
import { dynamoSiteStore } from '../sites/site-store.dynamo.ts';
import { dynamoClient } from '../store/client.dynamo.ts';
import { dynamoCounterStore } from '../store/counter-store.dynamo.ts';
import { type CanaryPorts, canaryConfig, canaryOrigin, canarySite, canaryWriteKey, fly } from './canary.ts';

/** Less than the minute after which the next one flies. */
const waitMsMax = 45_000;
const sendMsMax = 10_000;
/** A page's: what calls itself a monitor is answered and not counted. */
const agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

const client = dynamoClient();
const sitesTable = { client, table: requireEnvironment(environmentName.sitesTable) };
const sites = dynamoSiteStore({ ...sitesTable, unlisted: true });
const epochs = dynamoEpochStore(sitesTable);
const counters = dynamoCounterStore({ client, table: requireEnvironment(environmentName.countersTable) });
const eventsUrl = `${requireEnvironment(environmentName.apiUrl).replace(/\/+$/, '')}/v1/events`;
const configuredEpoch = requireEnvironment(environmentName.epoch);

const ports: CanaryPorts = {
  clock: Date.now,
  sleep: async (ms) => {
    await sleep(ms);
  },
  async send(batch) {
    const headers = { 'content-type': 'text/plain', origin: canaryOrigin, 'user-agent': agent };
    const signal = AbortSignal.timeout(sendMsMax);
    return (await fetch(eventsUrl, { method: 'POST', body: JSON.stringify(batch), headers, signal })).status;
  },
  async pageViews(at) {
    const epoch = await currentEpoch(epochs, configuredEpoch);
    const hour = Math.floor(at / hourMs) * hourMs;
    const keys = [hour, hour + hourMs].map((one) => hourKey(epoch, canarySite, localDay(one, 'UTC'), one));
    const items = await counters.items(keys);
    return items.reduce((sum, { counters: counted }) => sum + (counted[seriesName.pageViews] ?? 0), 0);
  },
};

let isSiteThere = false;

/** The hidden site is made by the first canary. */
async function makeSite(): Promise<void> {
  if (isSiteThere) return;
  if (!(await sites.current(canarySite))) await sites.save(canaryConfig);
  await sites.addWriteKey(canarySite, canaryWriteKey);
  isSiteThere = true;
}

/** Runs each minute. Never throws: that it failed is what it is there to tell. */
export async function handler(): Promise<void> {
  try {
    await makeSite();
    const { ms } = await fly(randomBytes(8).toString('hex'), waitMsMax, ports);
    if (ms === null) log.warn('the canary was not counted in time', { waitMsMax });
    emitMetrics('canary', ms === null ? { canarySeen: 0 } : { canarySeen: 1, canaryMs: ms }, Date.now());
  } catch (error) {
    log.error('the canary could not fly', error);
    emitMetrics('canary', { canarySeen: 0 }, Date.now());
  }
}
