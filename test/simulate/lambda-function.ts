/** Lambda: a function's warm instances, and all that can become of one invocation. */
import type { StreamBatch } from '../../functions/process/batch.ts';
import type { ShardRecord } from './aws/kinesis.ts';
import type { FaultKind, Faults } from './faults.ts';
import type { Fate, Host } from './host.ts';
import type { VirtualTime } from './virtual-time.ts';

/** An instance of a function that reads the stream. */
export interface Consumer {
  host: Host;
  /** `failedFrom`: the first record to be tried again; null: none. */
  process(batch: StreamBatch): Promise<{ failedFrom: string | null }>;
}

export interface LambdaFunctionParts {
  time: VirtualTime;
  faults: Faults;
  newInstance: () => Consumer;
  /** To how many writes a batch of so many records is likely to come. */
  writesOf: (records: number) => number;
  note: (line: () => string, at: number) => void;
}

/** `failedAt`: which of the records is the first to be tried again, null: none; `lost`: no answer came. */
export type Answer = { failedAt: number | null } | 'lost';

const stallMsMax = 240_000;

export class LambdaFunction {
  readonly #idle: Consumer[] = [];
  /** Invocations begun. */
  invocations = 0;

  constructor(private readonly parts: LambdaFunctionParts) {}

  invoke(place: string, shardId: string, records: readonly ShardRecord[]): Promise<Answer> {
    const { faults, time, note, writesOf } = this.parts;
    const instance = this.#takeInstance(place);
    this.invocations++;
    note(() => `${place} is handed ${records.map(contentOf).join(', ')}`, time.now());
    return new Promise((resolve) => {
      let waits = true;
      const gaveUp = () => {
        waits = false;
        note(() => `${place} gave no answer`, time.now());
        resolve('lost');
      };
      const run = () => {
        instance.host.begin(place, waits ? fateOf(place, writesOf(records.length), faults) : {}, gaveUp);
        void instance.process(batchOf(shardId, records)).then(({ failedFrom }) => {
          instance.host.end();
          this.#idle.push(instance);
          const failedAt = failedFrom === null ? null : indexOf(records, failedFrom);
          note(() => `${place} answers ${answerText(records, failedAt, waits)}`, time.now());
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

  /** Hands over records that nothing goes wrong with. */
  async invokeCalmly(place: string, shardId: string, records: readonly ShardRecord[]): Promise<void> {
    const instance = this.#takeInstance(place);
    instance.host.begin(place, {}, () => undefined);
    await instance.process(batchOf(shardId, records));
    instance.host.end();
    this.#idle.push(instance);
  }

  /** A warm instance, or a new one. */
  #takeInstance(place: string): Consumer {
    const instance = this.#idle.pop();
    if (!instance) return this.parts.newInstance();
    if (this.parts.faults.strikes('instance-recycled', place)) return this.parts.newInstance();
    return instance;
  }
}

function indexOf(records: readonly ShardRecord[], sequenceNumber: string): number {
  const index = records.findIndex((record) => record.sequenceNumber === sequenceNumber);
  if (index < 0) throw new Error(`the handler reported ${sequenceNumber}, which was not in its batch`);
  return index;
}

function batchOf(shardId: string, records: readonly ShardRecord[]): StreamBatch {
  return {
    shardId,
    records: records.map(({ sequenceNumber, data, arrivedAt }) => ({ sequenceNumber, data, arrivedAt })),
  };
}

/** An invocation claims, counts, retires, saves, and says how far it is. Before the first of these there is nothing to lose. */
const stepsUsual = 5;

/** At most one mishap an invocation, at one of so many writes. */
function fateOf(place: string, writes: number, faults: Faults): Fate {
  const beforeStep = 'crash-before-step';
  if (faults.trouble && faults.would(beforeStep, place)) {
    return { breakOff: { kind: beforeStep, step: 1 + Math.floor(faults.share(beforeStep, place) * (stepsUsual - 1)) } };
  }
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

function contentOf({ data }: ShardRecord): string {
  const text = Buffer.from(data).toString();
  const [, load, n] = /"l":"([0-9a-f]{16})","n":(\d+)/.exec(text) ?? [];
  return load ? `${load}#${n}` : text.includes('"tick"') ? 'a tick' : 'no record';
}

function answerText(records: readonly ShardRecord[], failedAt: number | null, isHeard: boolean): string {
  const failed = failedAt === null ? undefined : records[failedAt];
  const said = failed ? `to go on at ${contentOf(failed)}` : 'that all is done';
  return isHeard ? said : `${said}, which nobody hears`;
}
