/**
 * Lambda's event source mapping for a stream: a reader a shard, parents before children, retries, bisection and partial batch
 * responses (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html), and all that makes it
 * deliver a batch again: lost answers, lost checkpoints, a poller that begins anew.
 */
import type { Kinesis, Shard, ShardRecord } from './aws/kinesis.ts';
import type { Faults } from './faults.ts';
import type { Answer, LambdaFunction } from './lambda-function.ts';
import type { Mutant } from './mutant.ts';
import { hashOf, type Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface EventSourceParts {
  /** Begins the names of its invocations. */
  name: string;
  stream: Kinesis;
  time: VirtualTime;
  faults: Faults;
  random: Random;
  /** Records of a batch at most. */
  batchSize: number;
  /** How long records that have come are waited for by more, ms at most. */
  windowMsMax: number;
  fn: LambdaFunction;
  mutant: Pick<Mutant, 'parallelization' | 'childrenFirst'>;
}

/** Records `from` up to but not including `to` of what a reader sees. */
interface Span {
  from: number;
  to: number;
}
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
  #waiting: (() => void)[] = [];
  #pause: { until: number; held: () => void } = { until: 0, held: () => undefined };

  constructor(private readonly parts: EventSourceParts) {
    parts.stream.onChange(() => this.#wake());
    this.#wake();
  }

  /** Whether all that was put has been processed, and nobody is at work. */
  isDrained(): boolean {
    return [...this.#readers.values()].every((reader) => {
      return reader.ended || (reader.at >= this.#records(reader).length && reader.pending.length === 0);
    });
  }

  /** Invokes nothing for a while, as when concurrency runs out: the stream falls behind. `held`: records wait for it. */
  pause(ms: number, held: () => void): void {
    this.#pause = { until: Math.max(this.#pause.until, this.parts.time.now() + ms), held };
  }

  /** Hands one record to the handler again, under the position that it had. */
  async deliverAgain(shardId: string, sequenceNumber: string): Promise<void> {
    const shard = this.parts.stream.shards.find(({ id }) => id === shardId);
    const record = shard?.records.find((one) => one.sequenceNumber === sequenceNumber);
    if (!shard || !record) throw new Error(`${shardId} has no record ${sequenceNumber}`);
    await this.parts.fn.invokeCalmly(`again.${sequenceNumber}`, shardId, [record]);
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
      const name = `${reader.name}.${reader.invocations}`;
      const records = this.#records(reader);
      if (reader.pending.length === 0 && reader.at >= records.length) {
        if (!reader.shard.isOpen) break;
        await new Promise<void>((go) => this.#waiting.push(go));
        await time.sleep(random.fork(`${name}.wait`).whole(20, this.#windowMsMax()));
        await this.#resumed();
        continue;
      }
      const span = reader.pending.shift() ?? {
        from: reader.at,
        to: Math.min(records.length, reader.at + random.fork(`${name}.size`).whole(1, batchSize)),
      };
      await this.#deliver(reader, span);
    }
    reader.ended = true;
    this.#wake();
  }

  async #resumed(): Promise<void> {
    const { time } = this.parts;
    while (time.now() < this.#pause.until) {
      this.#pause.held();
      await time.sleep(this.#pause.until - time.now());
    }
  }

  /** A shard is polled about once a second, and at the end of a world nobody waits any longer than that. */
  #windowMsMax(): number {
    return this.parts.faults.lateness < 1 ? pollMsMax : this.parts.windowMsMax;
  }

  async #deliver(reader: Reader, span: Span): Promise<void> {
    const { time, random, faults } = this.parts;
    const place = `${this.parts.name}${reader.name}.${reader.invocations++}`;
    if (faults.strikes('invoke-throttled', place)) {
      reader.pending.unshift(span);
      return time.sleep(random.fork(place).whole(500, 20_000));
    }
    const records = this.#records(reader).slice(span.from, span.to);
    const answer = await this.parts.fn.invoke(place, reader.shard.id, records);
    this.#settle(reader, span, answer, place);
    if (answer !== 'lost' && answer.failedAt === null) return;
    await time.sleep(random.fork(place).whole(50, 4_000));
  }

  /** Moves the checkpoint on and says what is to be tried next. */
  #settle(reader: Reader, span: Span, answer: Answer, place: string): void {
    const { faults, random } = this.parts;
    const failed = answer === 'lost' ? 0 : answer.failedAt;
    if (failed === null) {
      reader.at = Math.max(reader.at, span.to);
      if (faults.strikes('batch-redelivered', place)) reader.pending.unshift(span);
      else if (faults.would('checkpoint-lost', place)) this.#goBack(reader, place);
      return;
    }
    const failedAt = span.from + failed;
    reader.at = Math.max(reader.at, failedAt);
    if (faults.strikes('poller-restarted', place)) {
      // Begins at the checkpoint, with whatever is there by now: perhaps more than the batch that failed.
      reader.at = Math.min(reader.at, failedAt);
      reader.pending = [];
      return;
    }
    const rest = { from: failedAt, to: span.to };
    const middle = Math.floor((rest.from + rest.to) / 2);
    const bisects = rest.to - rest.from > 1 && (answer === 'lost' || random.fork(`${place}.bisect`).chance(0.5));
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
}

/** The window of a mapping that has none. */
export const pollMsMax = 1_500;
/** What is older is no longer on the stream. */
const retentionMs = 24 * 3_600_000;
