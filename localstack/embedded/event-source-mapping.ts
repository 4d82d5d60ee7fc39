import type { Checkpoints } from './checkpoints.ts';
import { discardDocument, type GivenUp } from './discarded-records.ts';
import type { Lambda } from './lambda.ts';
import type { Measure } from './monitoring.ts';
import { nameInArn } from './resource-identity.ts';
import type { S3 } from './s3.ts';
import type { RetryRules } from './shard-batch.ts';
import { type StreamReader, streamReader } from './shard-feed.ts';
import { readShard } from './shard-reader.ts';
import { Sleepers } from './sleepers.ts';
import type { Resource } from './template.ts';

export interface EventSourceMapping {
  /** Says that records may have come. */
  wake(): void;
  /** Lets invocations at hand end, and keeps how far they came. */
  close(): Promise<void>;
}

export interface MappingParts {
  lambda: Pick<Lambda, 'invoke' | 'arnOf'>;
  s3: Pick<S3, 'put'>;
  checkpoints: Checkpoints;
  report(message: string): void;
  measure?: Pick<Measure, 'iteratorAge'>;
}

/** How often new shards are looked for, beside whenever one ends. */
const shardsEveryMs = 10_000;

/** @throws Error that names a setting that is not run here. */
export function startMapping(resource: Resource, kinesisUrl: string, parts: MappingParts): EventSourceMapping {
  const { properties, id } = resource;
  for (const setting of ['FilterCriteria', 'TumblingWindowInSeconds']) {
    if (properties.has(setting)) throw new Error(`${id}: ${setting} is not run here`);
  }
  if (properties.number('ParallelizationFactor', 1) !== 1) throw new Error(`${id}: ParallelizationFactor must be 1`);
  const start = properties.text('StartingPosition');
  if (start !== 'TRIM_HORIZON' && start !== 'LATEST')
    throw new Error(`${id}: StartingPosition ${start} is not run here`);
  checkBounds(resource);
  const stream = streamReader(kinesisUrl, nameInArn(properties.text('EventSourceArn')), start);
  return runMapping(resource, stream, parts);
}

/** The mapping over any stream. A shard is read once its parents have come to their end. */
export function runMapping(resource: Resource, stream: StreamReader, parts: MappingParts): EventSourceMapping {
  const { name, properties } = resource;
  const { lambda, checkpoints, report } = parts;
  const fn = nameInArn(properties.text('FunctionName'));
  const rules = rulesOf(resource);
  const sleepers = new Sleepers();
  const reading = new Map<string, Promise<void>>();

  const discard = discarder(resource, fn, parts);
  async function read(shard: string): Promise<void> {
    const reached = await readShard({
      shard,
      streamArn: properties.text('EventSourceArn'),
      feed: stream.feed(shard, checkpoints.of(name, shard).after),
      batchSize: properties.number('BatchSize', 100),
      windowMs: properties.number('MaximumBatchingWindowInSeconds', 0) * 1000,
      rules,
      invoke: (payload) => lambda.invoke(fn, payload),
      iteratorAge: (ms) => parts.measure?.iteratorAge(fn, ms),
      checkpoint: (after) => checkpoints.set(name, shard, { after }),
      discard: (givenUp) => discard(shard, givenUp),
      writes: () => sleepers.writes,
      pause: (ms, writesSeen) => sleepers.pause(ms, writesSeen),
      stopped: () => sleepers.stopped,
      report,
    });
    reading.delete(shard);
    if (!reached) return;
    checkpoints.set(name, shard, { ...checkpoints.of(name, shard), ended: true });
    sleepers.ended();
  }

  async function look(): Promise<void> {
    const shards = await stream.shards();
    const present = new Set(shards.map(({ id }) => id));
    for (const { id, parents } of shards) {
      const ready = parents.every((parent) => !present.has(parent) || checkpoints.of(name, parent).ended);
      if (ready && !reading.has(id) && !checkpoints.of(name, id).ended) reading.set(id, read(id));
    }
  }

  const looking = (async () => {
    while (!sleepers.stopped) {
      const before = sleepers.ends;
      await look().catch((error) => sleepers.stopped || report(`${name}: can't list shards: ${error}`));
      await sleepers.pauseForEnd(shardsEveryMs, before);
    }
  })();
  return {
    wake: () => sleepers.written(),
    async close() {
      sleepers.stop();
      await looking;
      await Promise.all(reading.values());
      await checkpoints.flush();
    },
  };
}

/** What AWS takes: a template that it would refuse is refused here. Ages from 0 to 59 s are "not allowed", either. */
const bounds: Record<string, { min: number; max: number; isAlso?: number }> = {
  BatchSize: { min: 1, max: 10_000 },
  MaximumBatchingWindowInSeconds: { min: 0, max: 300 },
  MaximumRecordAgeInSeconds: { min: 60, max: 604_800, isAlso: -1 },
  MaximumRetryAttempts: { min: -1, max: 10_000 },
};

function checkBounds({ id, properties }: Resource): void {
  for (const [setting, { min, max, isAlso }] of Object.entries(bounds)) {
    if (!properties.has(setting)) continue;
    const value = properties.number(setting, min);
    if (value !== isAlso && (value < min || value > max)) {
      throw new Error(
        `${id}: ${setting} is ${value}, not ${min} to ${max}${isAlso === undefined ? '' : ` or ${isAlso}`}`,
      );
    }
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html: defaults as there. */
function rulesOf({ properties }: Resource): RetryRules {
  const age = properties.number('MaximumRecordAgeInSeconds', -1);
  return {
    bisect: properties.truth('BisectBatchOnFunctionError'),
    reportsFailures: properties.texts('FunctionResponseTypes').includes('ReportBatchItemFailures'),
    retriesMax: properties.number('MaximumRetryAttempts', -1),
    ageMsMax: age < 0 ? -1 : age * 1000,
  };
}

function discarder({ name, properties }: Resource, fn: string, { lambda, s3, report }: MappingParts) {
  const destination = properties.fields('DestinationConfig').fields('OnFailure').text('Destination', '');
  if (destination !== '' && !destination.includes(':s3:'))
    throw new Error(`${name}: only S3 destinations are run here`);
  return async (shard: string, givenUp: GivenUp): Promise<void> => {
    report(`${shard}: ${givenUp.records.length} records discarded (${givenUp.condition})`);
    if (destination === '') return;
    const { key, body } = discardDocument({
      ...givenUp,
      mapping: name,
      shard,
      streamArn: properties.text('EventSourceArn'),
      functionArn: lambda.arnOf(fn),
      now: Date.now(),
    });
    await s3.put(nameInArn(destination), key, body, 'application/json');
  };
}
