/** Those who run the site and its stack: edit the configuration, reshard, play failed records again, and let items expire. */

import type { StreamRecord } from '../../functions/contract/record.ts';
import { defaultPathRules, type SiteConfig } from '../../functions/contract/site.ts';
import { dynamoSiteStore } from '../../functions/sites/site-store.dynamo.ts';
import { partitionKeyOf } from '../../functions/stream/partition-key.ts';
import { decodeRecord, encodeRecord } from '../../functions/stream/record.ts';
import { type Bucket, dynamoClientOf } from './aws/clients.ts';
import type { DynamoDb } from './aws/dynamodb.ts';
import type { Kinesis } from './aws/kinesis.ts';
import { goalsFor, origin, site, writeKey } from './catalog.ts';
import type { Faults } from './faults.ts';
import { tables } from './processor.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface OperatorParts {
  db: DynamoDb;
  stream: Kinesis;
  bucket: Bucket;
  time: VirtualTime;
  faults: Faults;
  random: Random;
}

export interface FailedObject {
  shardId: string;
  sequenceNumber: string;
  reason: string;
  data: string;
}

export class Operator {
  /** Every version that was ever stored. */
  readonly configs: SiteConfig[] = [];
  /** Records that name a version which is stored later, by `load n`. */
  readonly early = new Set<string>();
  /** Records that were played again when what they lacked was there, by `load n`: they are to count. */
  readonly mended = new Set<string>();
  #poisons = 0;
  #redriven = new Set<string>();

  constructor(private readonly parts: OperatorParts) {}

  async createSite(zone: string): Promise<void> {
    await this.#save({
      site,
      version: 0,
      name: 'Shop',
      zone,
      origins: [origin],
      pathRules: defaultPathRules,
      watchedRequestsPerSecondMax: 20,
      ...goalsFor(this.parts.random.fork('goals')),
    });
    await this.#sites().addWriteKey(site, writeKey);
  }

  /** The next version: other path rules, goals and funnels, perhaps another zone. */
  async edit(zone: string): Promise<void> {
    const before = this.configs.at(-1);
    if (!before) throw new Error('there is no site yet');
    const random = this.parts.random.fork(`edit ${before.version}`);
    const pathRules = {
      patterns: random.chance(0.6) ? ['/product/:id'] : [],
      dropTrailingSlash: random.chance(0.6),
      dropIndex: random.chance(0.6),
      lowerCase: random.chance(0.5),
    };
    await this.#save({ ...before, name: `Shop ${before.version}`, zone, pathRules, ...goalsFor(random) });
  }

  /** Something on the stream that is no record of ours. */
  poison(): void {
    const { stream, random, faults } = this.parts;
    const garbage: [string, ...string[]] = [
      'not json',
      '{"v":1,"s":"shop","c":1,"w":"zz"}',
      '{"v":99}',
      '[]',
      '{"v":1,"tick":"no site!","r":5}',
      '\u0000\ufffd',
    ];
    const name = String(this.#poisons++);
    if (!faults.mayHappen('poison-record', name)) return;
    faults.took('poison-record', name);
    stream.put(`poison ${name}`, Buffer.from(`${random.fork(name).one(garbage)}`));
  }

  /** A record of a configuration that the table does not have yet, as after a restore from a backup. */
  putEarly(record: StreamRecord): void {
    const { stream, faults } = this.parts;
    const name = `${record.load} ${record.n}`;
    if (!faults.mayHappen('unknown-config', name)) return;
    faults.took('unknown-config', name);
    const data = encodeRecord({ ...record, config: this.configs.length + 1 });
    this.early.add(name);
    stream.put(partitionKeyOf(record), data);
  }

  /** Puts what failed for want of a configuration on the stream again. `inPlace` gets what would have its old position. */
  redrive(inPlace: ((failed: FailedObject) => void) | null): void {
    const { bucket, stream, faults } = this.parts;
    for (const [key, puts] of bucket) {
      const failed = JSON.parse(puts[0] ?? '') as FailedObject;
      if (failed.reason !== 'unknown-config' || this.#redriven.has(key)) continue;
      this.#redriven.add(key);
      if (!faults.mayHappen('record-redriven', key)) continue;
      faults.took('record-redriven', key);
      const data = Buffer.from(failed.data, 'base64');
      const decoded = decodeRecord(data);
      if (!decoded.ok || !('load' in decoded.record)) throw new Error(`${key} holds no record`);
      const { load, n, config } = decoded.record;
      if (config <= this.configs.length) this.mended.add(`${load} ${n}`);
      if (inPlace) inPlace(failed);
      else stream.put(partitionKeyOf(decoded.record), data);
    }
  }

  /** Splits the widest open shard, or merges two neighbours. */
  reshard(what: 'split' | 'merge', name: string): void {
    const { stream, faults } = this.parts;
    const open = stream.open().sort((one, other) => one.from - other.from);
    const kind = what === 'split' ? 'shard-split' : 'shards-merged';
    if (!faults.mayHappen(kind, name)) return;
    if (what === 'split') {
      const widest = [...open].sort((one, other) => other.to - other.from - (one.to - one.from))[0];
      if (widest) stream.split(widest);
    } else {
      const [low, high] = open;
      if (!low || !high) return;
      stream.merge(low, high);
    }
    faults.took(kind, name);
  }

  /** TTL comes round: of what has expired it deletes some now, some later. */
  sweep(round: number): void {
    const { db, faults } = this.parts;
    for (const table of [tables.visitors, tables.counters]) {
      const place = (key: string) => `${table} ${key.replace('\n', ' ')} ${round}`;
      db.expire(
        table,
        (key) => faults.would('ttl-struck', place(key)),
        (key) => faults.took('ttl-struck', place(key)),
      );
    }
  }

  async #save(config: SiteConfig): Promise<void> {
    this.configs.push(await this.#sites().save(config));
  }

  /** Edits are made by hand, and tried until they work: they need no faults of their own. */
  #sites() {
    const send = async (command: unknown) => this.parts.db.execute(command);
    return dynamoSiteStore({ client: dynamoClientOf(send), table: tables.sites });
  }
}
