/** The processor as `functions/process/process.lambda.ts` composes it, with the real adapters over the simulator's services. */
import { AdmissionCache } from '../../functions/process/admission-cache.ts';
import type { StreamBatch } from '../../functions/process/batch.ts';
import { ConfigCache } from '../../functions/process/config-cache.ts';
import { EpochGate } from '../../functions/process/epoch-gate.ts';
import { s3FailedStore } from '../../functions/process/failed-store.s3.ts';
import { Pace } from '../../functions/process/pace.ts';
import { type ProcessDeps, type Processed, processBatch } from '../../functions/process/process.ts';
import { processInEpoch } from '../../functions/process/process-in-epoch.ts';
import { dynamoConnectionStore } from '../../functions/push/connection-store.dynamo.ts';
import { makePusher } from '../../functions/push/push.ts';
import type { Socket } from '../../functions/push/pusher.ts';
import { dynamoEpochStore } from '../../functions/sites/epoch-store.dynamo.ts';
import { dynamoSiteStore } from '../../functions/sites/site-store.dynamo.ts';
import { dynamoAdmissionStore } from '../../functions/store/admission-store.dynamo.ts';
import { dynamoCounterStore } from '../../functions/store/counter-store.dynamo.ts';
import { dynamoProgressStore } from '../../functions/store/progress-store.dynamo.ts';
import { dynamoSetAsideStore } from '../../functions/store/set-aside-store.dynamo.ts';
import { dynamoVisitorStore } from '../../functions/store/visitor-store.dynamo.ts';
import { kinesisStreamWriter } from '../../functions/stream/stream-writer.kinesis.ts';
import { type Bucket, dynamoClientOf, dynamoSend, kinesisClientOf, s3ClientOf } from './aws/clients.ts';
import type { DynamoDb } from './aws/dynamodb.ts';
import type { Kinesis } from './aws/kinesis.ts';
import { type CallFaults, Host, type HostParts } from './host.ts';
import type { Mutant } from './mutant.ts';

export const tables = {
  counters: 'counters',
  visitors: 'visitors',
  admissions: 'admissions',
  sites: 'sites',
  connections: 'connections',
} as const;
/** The configured one. */
export const epoch = '1';
/** While an epoch is handed over. */
const epochLooks = 8;
export const watchersCachedMs = 1_000;

export interface Services {
  db: DynamoDb;
  stream: Kinesis;
  /** What could not be counted. */
  bucket: Bucket;
  socket: Socket;
}

export const callFaults: CallFaults = {
  readFailed: 'read-failed',
  throttled: 'write-throttled',
  answerLost: 'write-answer-lost',
  doubled: 'write-doubled',
  late: 'write-late',
  doubledLate: 'write-doubled-late',
};

/** One instance of the processor: warm, with caches of its own, until its host dies. */
export class ProcessorInstance {
  readonly host: Host;
  readonly #depsOf: (epoch: string) => ProcessDeps;
  readonly #gate: EpochGate;
  /** Of its own, so that asking for the epoch gives no other call another name. */
  readonly #gateHost: Host;
  readonly #run: typeof processBatch;

  constructor(services: Services, parts: HostParts, mutant: Mutant) {
    this.host = new Host(parts, callFaults);
    const send = dynamoSend(services.db, this.host, parts.faults);
    const view = { db: services.db, send, now: parts.time.now };
    const known = new Map<string, ProcessDeps>();
    const composedOf = composed(services, parts, this.host, mutant);
    this.#depsOf = (of) => {
      const deps = known.get(of);
      if (deps) return deps;
      const fresh = composedOf(of);
      known.set(of, mutant.ports?.(fresh, view) ?? fresh);
      return this.#depsOf(of);
    };
    this.#gateHost = new Host(parts, callFaults);
    const ask = dynamoSend(services.db, this.#gateHost, parts.faults);
    const heard = dynamoClientOf((command) => this.host.hear(() => ask(command)));
    this.#gate = new EpochGate({
      epochs: dynamoEpochStore({ client: heard, table: tables.sites }),
      configured: epoch,
      sleep: (ms) => this.host.hear(() => parts.time.sleep(ms)),
      looks: epochLooks,
    });
    this.#run = mutant.process?.(processBatch) ?? processBatch;
  }

  process(batch: StreamBatch): Promise<Processed> {
    this.#gateHost.begin(`${this.host.nextPlace()}.epoch`, {}, () => undefined);
    return processInEpoch(batch, this.#gate, (of) => this.#run(batch, this.#depsOf(of)));
  }
}

function composed(
  { db, stream, bucket, socket }: Services,
  { time, faults }: HostParts,
  host: Host,
  mutant: Mutant,
): (epoch: string) => ProcessDeps {
  const send = dynamoSend(db, host, faults);
  const client = dynamoClientOf(mutant.send?.(send) ?? send);
  const counters = { client, table: tables.counters };
  const connections = dynamoConnectionStore({
    client: dynamoClientOf(send),
    table: tables.connections,
    newTicket: () => 'unused',
  });
  const put = (key: string, body: string | Uint8Array) => bucket.set(key, [...(bucket.get(key) ?? []), String(body)]);
  const heard: Socket = {
    post: (id, message) => host.hear(() => socket.post(id, message)),
    close: (id) => host.hear(() => socket.close(id)),
  };
  const everyEpoch = {
    generation: 0,
    clock: time.now,
    counters: dynamoCounterStore(counters),
    progress: dynamoProgressStore(counters),
    setAside: dynamoSetAsideStore({ client, table: tables.visitors }),
    configs: new ConfigCache(dynamoSiteStore({ client, table: tables.sites })),
    admissions: new AdmissionCache(dynamoAdmissionStore({ client, table: tables.admissions })),
    stream: kinesisStreamWriter({ client: kinesisClientOf(stream, host), streamName: 'events' }),
    failed: s3FailedStore(s3ClientOf(host, put), 'archive'),
    pace: new Pace(connections),
  };
  // Nobody's right ends in these worlds.
  const standing = async () => () => true;
  return (of) => ({
    ...everyEpoch,
    epoch: of,
    visitors: dynamoVisitorStore({ client, table: tables.visitors }, of),
    pusher: makePusher({ connections, socket: heard, epoch: of, standing, watchersCachedMs, clock: time.now }),
  });
}
