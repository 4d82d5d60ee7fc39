/** Somebody who rebuilds the counters while all else goes on: on a machine that dies at any write, and again until it is done. */
import { comparePositions } from '../../functions/archive/position-order.ts';
import { failedKey } from '../../functions/contract/failed.ts';
import { AdmissionCache } from '../../functions/process/admission-cache.ts';
import { ConfigCache } from '../../functions/process/config-cache.ts';
import { s3FailedStore } from '../../functions/process/failed-store.s3.ts';
import { dynamoEpochStore } from '../../functions/sites/epoch-store.dynamo.ts';
import { fillGoals } from '../../functions/sites/fill-goals.ts';
import { dynamoSiteStore } from '../../functions/sites/site-store.dynamo.ts';
import { dynamoAdmissionStore } from '../../functions/store/admission-store.dynamo.ts';
import { dynamoCounterStore } from '../../functions/store/counter-store.dynamo.ts';
import { dynamoSetAsideStore } from '../../functions/store/set-aside-store.dynamo.ts';
import { dynamoVisitorStore } from '../../functions/store/visitor-store.dynamo.ts';
import { encodeRecord } from '../../functions/stream/record.ts';
import { kinesisStreamWriter } from '../../functions/stream/stream-writer.kinesis.ts';
import { rebuild } from '../../localstack/rebuild/rebuild.ts';
import type { RebuildPorts } from '../../localstack/rebuild/rebuild-ports.ts';
import { type Archive, dynamoClientOf, dynamoSend, kinesisClientOf, s3ClientOf } from './aws/clients.ts';
import { site } from './catalog.ts';
import { type Fate, Host, type HostParts } from './host.ts';
import type { Mutant } from './mutant.ts';
import type { RebuildCrash, RebuildPlan } from './plan.ts';
import { callFaults, epoch as configured, type Services, tables } from './processor.ts';

export interface RebuilderParts extends Services, HostParts {
  archive: Archive;
  mutant: Mutant;
  note: (line: () => string, at: number) => void;
}

const attemptsMax = 40;
/** By then the visitors of the last minute are there. */
const lastMinuteMs = 20_000;
const retentionMs = 24 * 3_600_000;
const switchLateMsMax = 90_000;

export class Rebuilder {
  /** Rebuilds that were begun and have not come to their end. */
  underWay = 0;
  #attempts = 0;
  #reads = 0;

  constructor(private readonly parts: RebuilderParts) {}

  /** Begins in the world's life at its time, or in its last minute, as it is planned. */
  plan(part: 'life' | 'end', plan: RebuildPlan | null): void {
    const { time } = this.parts;
    if (!plan || (plan.at === null) !== (part === 'end')) return;
    time.later(() => this.#begin(plan), plan.at === null ? lastMinuteMs : plan.at - time.now());
  }

  #begin({ crashes, besideAfterMs }: RebuildPlan): void {
    const { faults, time } = this.parts;
    if (!faults.mayHappen('counters-rebuilt', '')) return;
    faults.took('counters-rebuilt', '');
    void this.#run(crashes);
    if (besideAfterMs === null || !faults.mayHappen('rebuild-doubled', '')) return;
    faults.took('rebuild-doubled', '');
    time.later(() => void this.#run([]), besideAfterMs);
  }

  /** Until it is done; each of the first attempts dies where it is told to. */
  async #run(crashes: readonly RebuildCrash[]): Promise<void> {
    const { time, latency, faults } = this.parts;
    this.underWay += 1;
    for (let number = 0; !(await this.#attempt(crashes[number])); number++) {
      if (number >= attemptsMax) return;
      faults.took('rebuild-repeated', `r${this.#attempts}`);
      await time.sleep(latency.fork(`rebuild ${this.#attempts}`).whole(1_000, 30_000));
    }
    this.underWay -= 1;
  }

  /** Whether it came to its end. */
  async #attempt(crash: RebuildCrash | undefined): Promise<boolean> {
    const { time, faults, note, mutant } = this.parts;
    const place = `r${this.#attempts++}`;
    const hosts = { write: new Host(this.parts, callFaults), step: new Host(this.parts, callFaults) };
    note(() => `${place} rebuilds`, time.now());
    const died = new Promise<boolean>((resolve) => {
      for (const at of ['write', 'step'] as const) {
        const isFated = crash?.at === at && faults.mayHappen('rebuild-crashed', `${place}.${at}`);
        hosts[at].begin(`${place}.${at}`, isFated ? fateOf(crash) : {}, () => {
          for (const host of Object.values(hosts)) host.isDead = true;
          note(() => `${place} died`, time.now());
          resolve(false);
        });
      }
    });
    const ports = this.#ports(place, hosts);
    const ended = rebuild(mutant.rebuild?.(ports) ?? ports, { auditDays: 0, again: false }).then(
      () => {
        note(() => `${place} came to its end`, time.now());
        return true;
      },
      (error) => {
        note(() => `${place} failed: ${error}`, time.now());
        return false;
      },
    );
    return Promise.race([ended, died]);
  }

  #ports(place: string, { write, step }: { write: Host; step: Host }): RebuildPorts {
    const { db, stream, bucket, archive, time, faults } = this.parts;
    const client = dynamoClientOf(dynamoSend(db, write, faults));
    const sites = dynamoSiteStore({ client, table: tables.sites });
    const epochs = dynamoEpochStore({ client: dynamoClientOf(dynamoSend(db, step, faults)), table: tables.sites });
    const failed = s3FailedStore(
      s3ClientOf(write, (key, body) => bucket.set(key, [...(bucket.get(key) ?? []), String(body)])),
      'archive',
    );
    return {
      archive: {
        keys: async (prefix) => [...archive.keys(), ...bucket.keys()].filter((key) => key.startsWith(prefix)).sort(),
        get: async (key) => archive.get(key) ?? null,
      },
      shards: () => step.read(() => stream.shards.map(({ id }) => id)),
      records: (shardId, after) => this.#records(shardId, after, step),
      mark: () => {
        const data = encodeRecord({ v: 1, tick: site, receivedAt: time.now() });
        const put = (from: number) => step.write(() => stream.put('tick', data, String(from)));
        return Promise.all(
          stream.open().map(async ({ from }) => {
            const { ShardId, SequenceNumber } = await put(from);
            return { shardId: ShardId, sequenceNumber: SequenceNumber };
          }),
        );
      },
      putBack: kinesisStreamWriter({ client: kinesisClientOf(stream, write), streamName: 'events' }).put,
      generation: 0,
      epochs: { ...epochs, switchTo: (...move) => this.#switch(place, epochs, move) },
      configured,
      stores: (epoch) => ({
        counters: dynamoCounterStore({ client, table: tables.counters }),
        visitors: dynamoVisitorStore({ client, table: tables.visitors }, epoch),
        setAside: dynamoSetAsideStore({ client, table: tables.visitors }),
        admissions: new AdmissionCache(dynamoAdmissionStore({ client, table: tables.admissions })),
        configs: new ConfigCache(sites),
        failed: {
          put: async (record) => {
            if (!bucket.has(failedKey(record))) await failed.put(record);
          },
        },
      }),
      fillGoals: (epoch) => fillGoals(sites, [site], epoch),
      // The archive holds all that ever was.
      copyOlder: async () => undefined,
      zoneOf: () => Promise.reject(new Error('nothing is compared here')),
      audit: () => Promise.reject(new Error('nothing is compared here')),
      sleep: (ms) => step.hear(() => time.sleep(ms)),
      clock: time.now,
      progress: () => undefined,
    };
  }

  /** What the stream still has; what came last may not be told yet. */
  async *#records(shardId: string, after: string | null, host: Host) {
    const { stream, time } = this.parts;
    const random = this.parts.latency.fork(`rebuild reads ${this.#reads++}`);
    const records = await host.read(() => stream.shards.find(({ id }) => id === shardId)?.records ?? []);
    const oldest = time.now() - retentionMs;
    const to = records.length - (random.chance(0.3) ? random.whole(1, 3) : 0);
    const behind = records.filter(({ sequenceNumber, arrivedAt }, index) => {
      return index < to && arrivedAt >= oldest && (after === null || comparePositions(sequenceNumber, after) > 0);
    });
    if (behind.length > 0) yield behind.map((record) => ({ ...record, shardId, generation: 0 }));
  }

  async #switch(
    place: string,
    epochs: RebuildPorts['epochs'],
    move: Parameters<RebuildPorts['epochs']['switchTo']>,
  ): Promise<boolean> {
    const { faults, time, db } = this.parts;
    if (faults.strikes('switch-late', place)) {
      const late = dynamoEpochStore({
        client: dynamoClientOf(async (command) => db.execute(command)),
        table: tables.sites,
      });
      time.later(() => void late.switchTo(...move), Math.floor(faults.share('switch-late', place) * switchLateMsMax));
      throw new Error('the request timed out, and is still on its way');
    }
    const isSwitched = await epochs.switchTo(...move);
    if (faults.strikes('switch-lost', place)) throw new Error('the request timed out, its answer lost');
    return isSwitched;
  }
}

function fateOf({ number: write, when }: RebuildCrash): Fate {
  return { crash: { kind: 'rebuild-crashed', write, when } };
}
