/** A Kinesis stream in memory: shards over a space of hash keys, split and merged, and every record that was ever put. */
import { ListShardsCommand, PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { hashOf } from '../random.ts';

export interface ShardRecord {
  sequenceNumber: string;
  partitionKey: string;
  data: Uint8Array;
  /** ms since the epoch. */
  arrivedAt: number;
}
export interface Shard {
  id: string;
  parents: string[];
  /** Hash keys `from` to `to`, inclusive. The real space has 128 bits; 32 do for a model. */
  from: number;
  to: number;
  isOpen: boolean;
  records: ShardRecord[];
}
/** A record with its place, in the order in which all of the stream's records came. */
export interface PutRecord extends ShardRecord {
  shardId: string;
}

const hashKeyMax = 2 ** 32 - 1;

export class Kinesis {
  readonly shards: Shard[] = [];
  /** A visitor's records are in order here: its key is in one shard at a time, and a child begins where its parents ended. */
  readonly everything: PutRecord[] = [];
  readonly #listeners: (() => void)[] = [];

  constructor(
    private readonly now: () => number,
    private readonly gap: () => number,
  ) {
    this.#open([], 0, hashKeyMax);
  }

  /** Calls `hear` when a shard has a new record, is closed or is new. */
  onChange(hear: () => void): void {
    this.#listeners.push(hear);
  }

  execute(command: unknown): unknown {
    if (command instanceof PutRecordCommand) {
      const { Data, PartitionKey = '', ExplicitHashKey } = command.input;
      return this.put(PartitionKey, Data ?? new Uint8Array(), ExplicitHashKey);
    }
    if (command instanceof PutRecordsCommand) {
      const { Records: records = [] } = command.input;
      const put = records.map(({ PartitionKey = '', Data, ExplicitHashKey }) =>
        this.put(PartitionKey, Data ?? new Uint8Array(), ExplicitHashKey),
      );
      return { FailedRecordCount: 0, Records: put };
    }
    if (command instanceof ListShardsCommand) return { Shards: this.shards.map(described) };
    throw new Error(`${(command as object).constructor.name} is not known to the Kinesis of the simulator`);
  }

  put(partitionKey: string, data: Uint8Array, explicitHashKey?: string): { ShardId: string; SequenceNumber: string } {
    const hash = explicitHashKey === undefined ? hashOf(partitionKey) : Number(explicitHashKey);
    const shard = this.shards.find(({ isOpen, from, to }) => isOpen && from <= hash && hash <= to);
    if (!shard) throw new Error(`no open shard has the hash key ${hash}`);
    const record = { sequenceNumber: this.#nextNumber(shard), partitionKey, data, arrivedAt: this.now() };
    shard.records.push(record);
    this.everything.push({ ...record, shardId: shard.id });
    this.#changed();
    return { ShardId: shard.id, SequenceNumber: record.sequenceNumber };
  }

  open(): Shard[] {
    return this.shards.filter(({ isOpen }) => isOpen);
  }

  split(shard: Shard): void {
    const middle = Math.floor((shard.from + shard.to) / 2);
    shard.isOpen = false;
    this.#open([shard.id], shard.from, middle);
    this.#open([shard.id], middle + 1, shard.to);
    this.#changed();
  }

  /** The two must be neighbours. */
  merge(low: Shard, high: Shard): void {
    if (low.to + 1 !== high.from) throw new Error(`${low.id} and ${high.id} are no neighbours`);
    low.isOpen = false;
    high.isOpen = false;
    this.#open([low.id, high.id], low.from, high.to);
    this.#changed();
  }

  #changed(): void {
    for (const hear of this.#listeners) hear();
  }

  #open(parents: string[], from: number, to: number): void {
    const id = `shardId-${String(this.shards.length).padStart(12, '0')}`;
    this.shards.push({ id, parents, from, to, isOpen: true, records: [] });
  }

  /** 56 digits, unique and rising within the shard only; what differs are the last of them. */
  #nextNumber({ records }: Shard): string {
    const last = BigInt(records.at(-1)?.sequenceNumber ?? `4965${'0'.repeat(35)}1${'0'.repeat(16)}`);
    return String(last + BigInt(this.gap()));
  }
}

function described({ id, isOpen, from, to }: Shard) {
  const SequenceNumberRange = { StartingSequenceNumber: '0', ...(!isOpen && { EndingSequenceNumber: '1' }) };
  return {
    ShardId: id,
    HashKeyRange: { StartingHashKey: String(from), EndingHashKey: String(to) },
    SequenceNumberRange,
  };
}
