/**
 * Lambda's event source mapping for a stream: a reader a shard, parents before children, retries, bisection and partial batch
 * responses (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html), and all that makes it
 * deliver a batch again: lost answers, lost checkpoints, a poller that begins anew.
 */
import type { StreamBatch } from '../../functions/process/batch.ts';
import type { Kinesis, Shard, ShardRecord } from './aws/kinesis.ts';
import type { FaultKind, Faults } from './faults.ts';
import type { Fate } from './host.ts';
import type { Mutant } from './mutant.ts';
import type { ProcessorInstance } from './processor.ts';
import { hashOf, type Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface EventSourceParts {
  stream: Kinesis;
  time: VirtualTime;
  faults: Faults;
  random: Random;
  /** Records of a batch at most. */
  batchSize: number;
  newInstance: () => ProcessorInstance;
  mutant: Mutant;
  note: (line: string, at: number) => void;
}

/** Records `from` up to but not including `to` of what a reader sees. */
interface Span {
  from: number;
  to: number;
}
/** `failedAt`: the first record to try again; `lost`: no answer came. */
type Outcome = { failedAt: number | null } | 'lost';

/** One shard's reader; with a parallelization factor above 1 there are several a shard, each for some of the keys. */
interface Reader {
  shard: Shard;
  name: string;
  lane: number;
  at: number;
  /** Spans to be tried before anything new is read. */
  pending: Span[];
  invocations: number;
  ended: boolean;
}

export class EventSource {
  readonly #readers = new Map<string, Reader>();
  readonly #idle: ProcessorInstance[] = [];
  #waiting: (() => void)[] = [];
  #pausedUntil = 0;
  /** Invocations begun. */
  invocations = 0;

  constructor(private readonly parts: EventSourceParts) {
    parts.stream.onChange = () => this.#wake();
    this.#wake();
  }

  /** Whether all that was put has been processed, and nobody is at work. */
  isDrained(): boolean {
    return [...this.#readers.values()].every((reader) => {
      return reader.ended || (reader.at >= this.#records(reader).length && reader.pending.length === 0);
    });
  }

  /** Invokes nothing for a while, as when concurrency runs out: the stream falls behind. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.parts.time.now() + ms);
  }

  /** Hands one record to the handler again, under the position that it had. */
  async deliverAgain(shardId: string, sequenceNumber: string): Promise<void> {
    const shard = this.parts.stream.shards.find(({ id }) => id === shardId);
    const record = shard?.records.find((one) => one.sequenceNumber === sequenceNumber);
    if (!shard || !record) throw new Error(`${shardId} has no record ${sequenceNumber}`);
    const instance = this.#takeInstance(`again.${sequenceNumber}`);
    instance.host.begin(`again.${sequenceNumber}`, {}, () => undefined);
    await instance.process(batchOf(shard, [record]));
    instance.host.end();
    this.#idle.push(instance);
  }

  #wake(): void {
    for (const shard of this.parts.stream.shards) this.#open(shard);
    for (const go of this.#waiting.splice(0)) go();
  }

  #open(shard: Shard): void {
    const lanes = this.parts.mutant.parallelization ?? 1;
    const ready = shard.parents.every((parent) => this.#hasEnded(parent, lanes));
    if (!ready && !this.parts.mutant.childrenFirst) return;
    for (let lane = 0; lane < lanes; lane++) {
      const name = lanes === 1 ? String(Number(shard.id.slice(8))) : `${Number(shard.id.slice(8))}-${lane}`;
      if (this.#readers.has(name)) continue;
      const reader = { shard, name, lane, at: 0, pending: [], invocations: 0, ended: false };
      this.#readers.set(name, reader);
      void this.#read(reader);
    }
  }

  #hasEnded(shardId: string, lanes: number): boolean {
    const readers = [...this.#readers.values()].filter(({ shard }) => shard.id === shardId);
    return readers.length === lanes && readers.every(({ ended }) => ended);
  }

  #records({ shard, lane }: Reader): ShardRecord[] {
    const lanes = this.parts.mutant.parallelization ?? 1;
    if (lanes === 1) return shard.records;
    return shard.records.filter(({ partitionKey }) => hashOf(partitionKey) % lanes === lane);
  }

  async #read(reader: Reader): Promise<void> {
    const { time, random, batchSize } = this.parts;
    for (;;) {
      const records = this.#records(reader);
      if (reader.pending.length === 0 && reader.at >= records.length) {
        if (!reader.shard.isOpen) break;
        await new Promise<void>((go) => this.#waiting.push(go));
        // A shard is polled about once a second: what has come by then is one batch.
        await time.sleep(random.whole(20, 1_500));
        if (time.now() < this.#pausedUntil) await time.sleep(this.#pausedUntil - time.now());
        continue;
      }
      const span = reader.pending.shift() ?? {
        from: reader.at,
        to: Math.min(records.length, reader.at + random.whole(1, batchSize)),
      };
      await this.#deliver(reader, span);
    }
    reader.ended = true;
    this.#wake();
  }

  async #deliver(reader: Reader, span: Span): Promise<void> {
    const { time, random, faults } = this.parts;
    const place = `p${reader.name}.${reader.invocations++}`;
    if (faults.strikes('invoke-throttled', place)) {
      reader.pending.unshift(span);
      return time.sleep(random.whole(500, 20_000));
    }
    const outcome = await this.#invoke(reader, span, place);
    this.#settle(reader, span, outcome, place);
    if (outcome !== 'lost' && outcome.failedAt === null) return;
    await time.sleep(random.whole(50, 4_000));
  }

  /** Moves the checkpoint on and says what is to be tried next. */
  #settle(reader: Reader, span: Span, outcome: Outcome, place: string): void {
    const { faults, random } = this.parts;
    const failedAt = outcome === 'lost' ? span.from : outcome.failedAt;
    if (failedAt === null) {
      reader.at = Math.max(reader.at, span.to);
      if (faults.strikes('batch-redelivered', place)) reader.pending.unshift(span);
      else if (faults.would('checkpoint-lost', place)) this.#goBack(reader, place);
      return;
    }
    reader.at = Math.max(reader.at, failedAt);
    if (faults.strikes('poller-restarted', place)) {
      // Begins at the checkpoint, with whatever is there by now: perhaps more than the batch that failed.
      reader.at = Math.min(reader.at, failedAt);
      reader.pending = [];
      return;
    }
    const rest = { from: failedAt, to: span.to };
    const middle = Math.floor((rest.from + rest.to) / 2);
    const bisects = rest.to - rest.from > 1 && (outcome === 'lost' || random.chance(0.5));
    const next = bisects
      ? [
          { from: rest.from, to: middle },
          { from: middle, to: rest.to },
        ]
      : [rest];
    reader.pending.unshift(...next);
  }

  /** Reads again from an older checkpoint, as far back as the stream still has its records. */
  #goBack(reader: Reader, place: string): void {
    const { faults, time } = this.parts;
    const records = this.#records(reader);
    const wanted = reader.at - 1 - Math.floor(faults.share('checkpoint-lost', place) * 40);
    const oldest = records.findIndex(({ arrivedAt }) => arrivedAt > time.now() - retentionMs);
    const back = Math.max(0, wanted, oldest);
    if (oldest < 0 || back >= reader.at) return;
    faults.took('checkpoint-lost', place);
    reader.at = back;
    reader.pending = [];
  }

  #invoke(reader: Reader, span: Span, place: string): Promise<Outcome> {
    const { faults, time, note } = this.parts;
    const instance = this.#takeInstance(place);
    const records = this.#records(reader).slice(span.from, span.to);
    this.invocations++;
    note(`${place} invoked with records ${span.from} to ${span.to - 1} of ${reader.shard.id}`, time.now());
    return new Promise((resolve) => {
      let waits = true;
      const gaveUp = () => {
        waits = false;
        note(`${place} gave no answer`, time.now());
        resolve('lost');
      };
      const run = () => {
        instance.host.begin(place, waits ? fateOf(place, records.length, faults) : {}, gaveUp);
        void instance.process(batchOf(reader.shard, records)).then(({ failedFrom }) => {
          instance.host.end();
          this.#idle.push(instance);
          const failedAt = failedFrom === null ? null : span.from + indexOf(records, failedFrom);
          note(`${place} answered ${failedAt === null ? 'that all is done' : `to go on at ${failedAt}`}`, time.now());
          if (!waits) return;
          if (faults.strikes('result-lost', place)) gaveUp();
          else resolve({ failedAt });
        });
      };
      if (!faults.strikes('invocation-late', place)) return run();
      gaveUp();
      time.later(run, 50 + Math.floor(faults.share('invocation-late', place) ** 3 * stallMsMax * faults.lateness));
    });
  }

  /** A warm instance, or a new one. */
  #takeInstance(place: string): ProcessorInstance {
    const instance = this.#idle.pop();
    if (!instance) return this.parts.newInstance();
    if (this.parts.faults.strikes('instance-recycled', place)) return this.parts.newInstance();
    return instance;
  }
}

function indexOf(records: ShardRecord[], sequenceNumber: string): number {
  const index = records.findIndex((record) => record.sequenceNumber === sequenceNumber);
  if (index < 0) throw new Error(`the handler reported ${sequenceNumber}, which was not in its batch`);
  return index;
}

function batchOf({ id }: Shard, records: ShardRecord[]): StreamBatch {
  return {
    shardId: id,
    records: records.map(({ sequenceNumber, data, arrivedAt }) => ({ sequenceNumber, data, arrivedAt })),
  };
}

const stallMsMax = 240_000;
/** What is older is no longer on the stream. */
const retentionMs = 24 * 3_600_000;

/** At most one mishap an invocation, at a write that a batch of so many records is likely to come to. */
function fateOf(place: string, records: number, faults: Faults): Fate {
  const writes = 4 + 5 * records;
  const write = (kind: FaultKind) => Math.floor(faults.share(kind, place) ** 1.5 * writes);
  for (const [kind, when] of [
    ['crash-before-write', 'before'],
    ['crash-after-write', 'after'],
  ] as const) {
    if (faults.would(kind, place)) return { crash: { kind, write: write(kind), when } };
  }
  for (const kind of ['zombie-woke', 'zombie-died'] as const) {
    if (!faults.would(kind, place)) continue;
    // How long hangs on another die than where.
    const ms = 1_500 + Math.floor(faults.share(kind, `${place} long`) ** 3 * stallMsMax * faults.lateness);
    return { stall: { kind, write: write(kind), ms, dies: kind === 'zombie-died' } };
  }
  const kind = 'invocation-timed-out';
  if (faults.would(kind, place)) return { timeout: { kind, afterMs: 1 + Math.floor(faults.share(kind, place) * 150) } };
  return {};
}
