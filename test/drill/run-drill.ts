import { setTimeout as sleep } from 'node:timers/promises';
import { readDemoPages } from '../../localstack/visitors/demo-layout.ts';
import { populate, visitorsAtOnce } from '../../localstack/visitors/population.ts';
import { Tally } from '../../localstack/visitors/tally.ts';
import type { Place } from '../chaos/fault-kinds.ts';
import type { Fault } from '../chaos/fault-plan.ts';
import type { Faults } from '../chaos/gate.ts';
import { type OwnCloud, startOwnCloud } from '../chaos/own-cloud.ts';
import { openDashboard } from '../e2e/two-dashboards/dashboard.ts';
import { type AlarmWatch, watchAlarms } from './alarm-watch.ts';
import { type Part, type PartName, parts } from './parts.ts';

export interface DrillOptions {
  names: readonly PartName[];
  stateDir: string;
  dist: string;
  assembly: string;
  apiKey: string;
  /** For the functions: where a browser is. */
  environment: Record<string, string>;
  tell(line: string): void;
}

/** Of one part: from the break until its alarm rang, and from the mending until that was over. */
export interface DrillResult {
  name: PartName;
  alarm: string;
  rangAfterMs: number;
  overAfterMs: number;
  /** What else rang when it did. */
  alsoRinging: string[];
}

/** Some visitors, so that each part has something to do each second. */
const eventsPerSecond = 20;
const seed = 1;
const captureEveryMs = 15_000;
/** An alarm looks at up to five periods of a minute before it says anything. */
const stateMsMax = 8 * 60_000;

/** Breaks one part after the other, waits for its alarm, mends it, and waits until that is over. Nothing is sped up. */
export async function runDrill(options: DrillOptions): Promise<DrillResult[]> {
  const { names, tell, apiKey } = options;
  const switches = new Switches();
  const cloud = await startOwnCloud(options, switches);
  const alarms = watchAlarms(cloud.direct.awsEndpoint);
  const stop = keepBusy(cloud, apiKey);
  try {
    const results: DrillResult[] = [];
    for (const name of names) results.push(await drill(name, switches, alarms, tell));
    return results;
  } finally {
    await stop();
    alarms.close();
    await cloud.close();
  }
}

/** The part that is broken now. It stands where chaos has its plan of faults. */
class Switches implements Faults {
  #broken: Part | null = null;

  break(part: Part): void {
    this.#broken = part;
  }
  mend(): void {
    this.#broken = null;
  }
  next(place: Place, caller: string | null): Fault | null {
    const part = this.#broken;
    return part?.place === place && caller?.startsWith(`${part.caller}-`) ? { kind: part.fault, ms: 0 } : null;
  }
  strike(): void {}
}

async function drill(
  name: PartName,
  switches: Switches,
  alarms: AlarmWatch,
  tell: (line: string) => void,
): Promise<DrillResult> {
  const part: Part = parts[name];
  tell(`${name}: waiting until its alarm ${part.alarm} has seen that all is well …`);
  await alarms.until(part.alarm, 'OK', stateMsMax);
  const brokenAt = Date.now();
  switches.break(part);
  tell(`${clock(brokenAt)} ${name} breaks: ${part.what}`);
  const rangAt = await alarms.until(part.alarm, 'ALARM', stateMsMax);
  const alsoRinging = (await alarms.ringing()).filter((alarm) => alarm !== part.alarm);
  tell(`${clock(rangAt)} ${part.alarm} rings, after ${seconds(rangAt - brokenAt)} s`);
  const mendedAt = Date.now();
  switches.mend();
  tell(`${clock(mendedAt)} ${name} is mended`);
  const overAt = await alarms.until(part.alarm, 'OK', stateMsMax);
  tell(`${clock(overAt)} ${part.alarm} is over, after ${seconds(overAt - mendedAt)} s`);
  return { name, alarm: part.alarm, rangAfterMs: rangAt - brokenAt, overAfterMs: overAt - mendedAt, alsoRinging };
}

/** Visitors on the demo site, a dashboard that watches, and a picture wanted now and then. */
function keepBusy(cloud: OwnCloud, apiKey: string): () => Promise<void> {
  const pages = readDemoPages();
  const { apiUrl, socketUrl, demoUrl } = cloud.direct;
  const to = {
    eventsUrl: new URL('/v1/events', apiUrl),
    demoOrigin: new URL(demoUrl).origin,
    writeKey: cloud.writeKey,
  };
  const count = visitorsAtOnce(eventsPerSecond, seed, pages);
  const population = populate(count, 5_000, seed, pages, to, new Tally());
  const dashboard = openDashboard({ urls: { apiUrl, socketUrl }, cloud }, apiKey, true, () => undefined);
  const stopping = new AbortController();
  const picturing = takePictures(`${apiUrl}/v1/sites/${cloud.site}/captures`, apiKey, stopping.signal);
  return async () => {
    stopping.abort();
    dashboard.close();
    await Promise.all([picturing, population.leave()]);
  };
}

async function takePictures(url: string, apiKey: string, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    const body = JSON.stringify({ path: '/', device: 'desktop' });
    // Refused until the page has been viewed, and while the part is broken that answers it: the next one comes soon.
    await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${apiKey}` }, body }).catch(() => undefined);
    await sleep(captureEveryMs, undefined, { signal: stopped }).catch(() => undefined);
  }
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
