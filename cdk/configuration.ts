import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';

/** What a deployment may choose, from the `context` of `cdk.json` or `-c name=value`. */
export interface Configuration {
  /**
   * Shards of the stream: each takes 1 MB/s or 1,000 records/s and costs about $11 a month. 1..500.
   * @default 1
   */
  shards: number;
  /**
   * Let Kinesis choose the number of shards: dearer where traffic is small (about $29 a month idle), no limit to set.
   * @default false
   */
  onDemandStream: boolean;
  /**
   * Raised by one when the stream is made anew: positions of two streams can't be compared, so each has its own guards. 0..1295.
   * @default 0
   */
  streamGeneration: number;
  /**
   * Which build of the counters is read and written. Raised by a rebuild. 1..999999.
   * @default 1
   */
  epoch: number;
  /**
   * Days that the functions' logs are kept: a number of days that CloudWatch offers, such as 7, 30 or 90.
   * @default 30
   */
  logRetentionDays: number;
  /**
   * Days that pictures of pages are kept. 1..3650.
   * @default 90
   */
  captureRetentionDays: number;
  /**
   * Days that records are kept that could not be counted, so that they can be played again. 7..3650.
   * @default 365
   */
  failedRetentionDays: number;
  /**
   * Days that the archive keeps accepted records, for audit, rebuild and SQL: as long as the counters of a day by default. 7..3650.
   * @default 400
   */
  archiveRetentionDays: number;
  /**
   * Add the stack `SitePulseSql`: Athena's tables over the archive. Costs nothing until somebody asks; AWS only.
   * @default false
   */
  archiveSql: boolean;
  /**
   * Requests a second that the HTTP API lets through in all; more are answered 429, and the snippet tries again. 1..10000.
   * @default 2000
   */
  requestsPerSecondMax: number;
  /**
   * Requests that may come at once above that rate. 1..5000.
   * @default 4000
   */
  requestBurstMax: number;
  /**
   * Ingest functions at once, which caps what a flood can cost. 0: no cap, as new accounts may have too few to reserve. 0..1000.
   * @default 0
   */
  ingestConcurrencyMax: number;
}

/** @throws Error that names the field, the value found and what to write instead. */
export function readConfiguration(node: Node): Configuration {
  return {
    shards: wholeNumber(node, 'shards', 1, { min: 1, max: 500 }),
    onDemandStream: trueOrFalse(node, 'onDemandStream', false),
    streamGeneration: wholeNumber(node, 'streamGeneration', 0, { min: 0, max: 1295 }),
    epoch: wholeNumber(node, 'epoch', 1, { min: 1, max: 999_999 }),
    logRetentionDays: logRetention(node, 'logRetentionDays', 30),
    captureRetentionDays: wholeNumber(node, 'captureRetentionDays', 90, { min: 1, max: 3650 }),
    failedRetentionDays: wholeNumber(node, 'failedRetentionDays', 365, { min: 7, max: 3650 }),
    archiveRetentionDays: wholeNumber(node, 'archiveRetentionDays', 400, { min: 7, max: 3650 }),
    archiveSql: trueOrFalse(node, 'archiveSql', false),
    requestsPerSecondMax: wholeNumber(node, 'requestsPerSecondMax', 2000, { min: 1, max: 10_000 }),
    requestBurstMax: wholeNumber(node, 'requestBurstMax', 4000, { min: 1, max: 5000 }),
    ingestConcurrencyMax: wholeNumber(node, 'ingestConcurrencyMax', 0, { min: 0, max: 1000 }),
  };
}

type Field = keyof Configuration;

/** Values given by `-c` arrive as text. */
function wholeNumber(node: Node, field: Field, otherwise: number, { min, max }: { min: number; max: number }): number {
  const found: unknown = node.tryGetContext(field) ?? otherwise;
  const value = typeof found === 'string' && /^\d+$/.test(found) ? Number(found) : found;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw refusal(field, found, `a whole number from ${min} to ${max}, such as ${otherwise}`);
}

function trueOrFalse(node: Node, field: Field, otherwise: boolean): boolean {
  const found: unknown = node.tryGetContext(field) ?? otherwise;
  if (found === true || found === 'true') return true;
  if (found === false || found === 'false') return false;
  throw refusal(field, found, 'true or false');
}

function logRetention(node: Node, field: Field, otherwise: number): number {
  const offered = Object.values(RetentionDays).filter(
    (days): days is RetentionDays => typeof days === 'number' && days < 9999,
  );
  const days = wholeNumber(node, field, otherwise, { min: 1, max: 3653 });
  if (offered.includes(days)) return days;
  throw refusal(field, days, `one of ${offered.join(', ')}`);
}

function refusal(field: Field, found: unknown, fix: string): Error {
  return new Error(
    `context "${field}" is ${JSON.stringify(found)}: write ${fix} (in the context of cdk.json, or -c ${field}=…)`,
  );
}
