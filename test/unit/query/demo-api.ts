/** The API over stores in memory, at a fixed time, with what the processor would have counted put in through the store's port. */
import { memoryArchiveStore } from '../../../functions/archive/archive-store.memory.ts';
import type { ElementFacts } from '../../../functions/contract/admission.ts';
import { elementScope } from '../../../functions/contract/admission.ts';
import {
  elementPartition,
  hourKey,
  type ItemKey,
  liveKey,
  type OpenDimension,
  pageKey,
  pageText,
  placeCounter,
  type TilePlace,
  tileSort,
  valueKey,
  valueText,
} from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { formatPlace, placeOf } from '../../../functions/contract/place.ts';
import { laneOf, positionOf } from '../../../functions/contract/position.ts';
import type { Device } from '../../../functions/contract/record.ts';
import { defaultPathRules } from '../../../functions/contract/site.ts';
import { minuteOf } from '../../../functions/contract/time-unit.ts';
import type { SignIn } from '../../../functions/identity/sign-in.ts';
import { memoryConnectionStore } from '../../../functions/push/connection-store.memory.ts';
import { memorySocket } from '../../../functions/push/socket.memory.ts';
import type { CaptureRequest } from '../../../functions/query/capture-invoker.ts';
import { memoryCaptureStore } from '../../../functions/query/capture-store.memory.ts';
import { memoryGrantTokens } from '../../../functions/query/grant-tokens.memory.ts';
import { memoryMonitor } from '../../../functions/query/monitor.memory.ts';
import { answerQuery, type QueryResponse } from '../../../functions/query/query.ts';
import type { QueryPorts } from '../../../functions/query/query-ports.ts';
import { matchPath } from '../../../functions/query/route.ts';
import { routes } from '../../../functions/query/routes.ts';
import { tickLimit } from '../../../functions/query/tick-limit.ts';
import { memoryAccessStore } from '../../../functions/sites/access-store.memory.ts';
import { memoryAlertStore } from '../../../functions/sites/alert-store.memory.ts';
import { memoryAuditStore } from '../../../functions/sites/audit-store.memory.ts';
import { memoryErasureStore } from '../../../functions/sites/erasure-store.memory.ts';
import { grantKey } from '../../../functions/sites/grant-key.ts';
import { memoryMarkerStore } from '../../../functions/sites/marker-store.memory.ts';
import { memoryRefusalStore } from '../../../functions/sites/refusal-store.memory.ts';
import { memorySiteStore } from '../../../functions/sites/site-store.memory.ts';
import { memoryUsageStore } from '../../../functions/sites/usage-store.memory.ts';
import { memoryUserStore } from '../../../functions/sites/user-store.memory.ts';
import { memoryVisitorErasureStore } from '../../../functions/sites/visitor-erasure-store.memory.ts';
import { memoryAdmissionStore } from '../../../functions/store/admission-store.memory.ts';
import { memoryCounterStore } from '../../../functions/store/counter-store.memory.ts';
import { memoryProgressStore } from '../../../functions/store/progress-store.memory.ts';
import { schemaFaults } from './schema-faults.ts';

export const epoch = '1';
/** A Monday at 14:20:12 in Berlin, which is then an hour ahead of UTC. */
export const now = Date.parse('2026-11-23T13:20:12Z');
export const today = '2026-11-23';
export const zone = 'Europe/Berlin';
export const apiKey = 'key-of-demo';

type Counters = Record<string, number>;
type Texts = Record<string, string>;

/** How the pipeline is here: well, and silent. */
const calm = { alarms: [], changes: [], series: [] };
const quietLog = { lines: [{ at: now, text: '{"level":"warn","message":"not so quiet"}' }], isMore: false };

export async function demoApi() {
  const sites = memorySiteStore();
  const access = memoryAccessStore();
  const socket = memorySocket();
  for (const site of ['demo', 'other']) {
    const more = { origins: ['https://shop.example'], pathRules: defaultPathRules, watchedRequestsPerSecondMax: 500 };
    await sites.save({ site, version: 0, name: `Site ${site}`, zone, ...more });
    await grantKey(access, site, `key-of-${site}`, { label: `Key of ${site}`, scope: 'write', createdAt: now });
    await sites.addWriteKey(site, `write-${site}`);
  }
  const objects = new Map<string, string | Uint8Array>();
  const started: CaptureRequest[] = [];
  const ticks: number[] = [];
  let slept = 0;
  let randoms = 0;
  const ports = {
    epoch,
    sites,
    counters: memoryCounterStore(),
    admissions: memoryAdmissionStore(),
    progress: memoryProgressStore(),
    connections: memoryConnectionStore(),
    tokens: memoryGrantTokens(),
    access,
    users: memoryUserStore(),
    audit: memoryAuditStore(),
    erasures: memoryErasureStore(),
    signIn: null as SignIn | null,
    socket,
    random: (byteCount: number) => Buffer.alloc(byteCount, ++randoms),
    socketUrl: 'wss://live.example',
    captures: memoryCaptureStore(objects),
    capture: { start: async (request) => void started.push(request) },
    archive: memoryArchiveStore(),
    monitor: memoryMonitor(calm, quietLog),
    alerts: memoryAlertStore(),
    markers: memoryMarkerStore(),
    refusals: memoryRefusalStore(),
    visitorErasures: memoryVisitorErasureStore(),
    usage: memoryUsageStore(),
    stream: { tick: async ({ receivedAt }) => void ticks.push(receivedAt), shards: async () => 2 },
    ticks: tickLimit(1_000),
    sleep: async (ms) => {
      slept += ms;
    },
  } satisfies QueryPorts;
  return { ports, objects, started, ticks, slept: () => slept, put: putter(ports), ask: asker(ports) };
}
export type DemoApi = Awaited<ReturnType<typeof demoApi>>;

/** Adds to items by way of the store's port, each time as a record of its own. */
function putter(ports: QueryPorts) {
  let position = 0n;
  async function item(key: ItemKey, counters: Counters, texts: Texts = {}): Promise<void> {
    const at = positionOf(String(++position));
    const run = { key, first: at, last: at, parts: [{ position: at, counters, texts }] };
    await ports.counters.add(laneOf(0, 'shardId-000000000000'), run);
  }
  return {
    item,
    live: (at: number, path: string, counters: Counters, processedAt: number) =>
      item(liveKey(epoch, 'demo', minuteOf(at), nameId(path)), counters, { at: String(processedAt) }),
    hour: (day: string, hour: string, counters: Counters) =>
      item(hourKey(epoch, 'demo', day, Date.parse(hour)), counters),
    page: (day: string, path: string, counters: Counters, texts: Texts = {}) =>
      item(pageKey(epoch, 'demo', day, nameId(path)), counters, { [pageText.path]: path, ...texts }),
    value: (day: string, dimension: OpenDimension, value: string, counters: Counters) =>
      item(valueKey(epoch, 'demo', day, dimension, nameId(value)), counters, { [valueText.value]: value }),
    /** On the place in the middle of the element's box. `hour`: an instant, or 'day'. */
    async element(
      where: { day: string; path: string; device: Device; key: string; facts: ElementFacts },
      hour: string,
      counters: Counters,
    ): Promise<TilePlace> {
      const pk = elementPartition(epoch, 'demo', where.day, nameId(where.path), where.device);
      const [, , width, height] = where.facts.box;
      const group = hour === 'day' ? 'm' : 'c';
      const name = formatPlace(placeOf(group, where.key, [2048, 2048], [width, height]));
      const { tile, at } = (await ports.admissions.admit(elementScope(pk), name, where.facts)) ?? {};
      if (tile === undefined || at === undefined) throw new Error(`${where.key} found no slot`);
      const named = Object.entries(counters).map(([counter, value]) => [placeCounter(at, counter), value]);
      const when = hour === 'day' ? hour : Date.parse(hour);
      await item({ pk, sk: tileSort(when, tile) }, Object.fromEntries(named));
      return [group, tile, at];
    },
  };
}

export interface Asked {
  method?: string;
  key?: string;
  body?: unknown;
  at?: number;
  /** The page's, as a browser says it. */
  origin?: string;
}

/** Asks as the gateway would. A JSON answer that is not as its route describes it fails the test, whatever the test is about. */
function asker(ports: QueryPorts) {
  return async (address: string, { method = 'GET', key = apiKey, body, at = now, origin }: Asked = {}) => {
    const { pathname, searchParams } = new URL(address, 'http://api.example');
    const response = await answerQuery(
      {
        method,
        path: pathname,
        query: Object.fromEntries(searchParams),
        authorization: key ? `Bearer ${key}` : undefined,
        origin,
        body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
        now: at,
      },
      routes,
      ports,
      async () => ports.epoch,
    );
    checkAnswer(method, pathname, response);
    return { ...response, json: isJson(response) ? JSON.parse(response.body) : null };
  };
}

export function isJson({ headers, body }: QueryResponse): boolean {
  return body !== '' && headers['content-type']?.startsWith('application/json') === true;
}

function checkAnswer(method: string, path: string, response: QueryResponse): void {
  const route = routes.find((one) => one.method === method && matchPath(one.path, path));
  if (!route?.answer.schema || response.statusCode >= 400 || !isJson(response)) return;
  const faults = schemaFaults(JSON.parse(response.body), route.answer.schema);
  if (response.statusCode !== route.answer.status) faults.push(`status ${response.statusCode}`);
  if (faults.length > 0) throw new Error(`${method} ${path} answered what it does not document: ${faults.join('; ')}`);
}
