/**
 * From what happened to what AWS bills. What is counted or predicted comes in as `Use`; the rest (how long a function runs, what it logs)
 * follows from it by the measured unit costs and the figures below, each of which says where it is from.
 */
import type { Bill } from './cost.ts';
import { type UnitCosts, unitCosts } from './unit-costs.ts';

/** What happened in some time. */
export interface Use {
  hours: number;
  /** `POST /v1/events`, what was refused included. */
  requests: number;
  /** On the stream: batches that were accepted, and ticks. */
  records: number;
  putUnits: number;
  streamBytes: number;
  /** Invocations of the processor, and counter items and states that they wrote. */
  batches: number;
  updates: number;
  writeUnits: number;
  readUnits: number;
  /** Requests to the query API, and messages and minutes of dashboards' sockets. */
  queries: number;
  messages: number;
  socketMinutes: number;
}

/** What stands there whether anything happens or not. */
export interface Standing {
  shards: number;
  tableGb: number;
  archiveGb: number;
  metrics: number;
  alarms: number;
  dashboards: number;
}

/** What stands of CloudWatch, rounded up (a test compares it with the stack): metrics of the functions' own, alarms, dashboards. */
export const observed = { metrics: 35, alarms: 25, dashboards: 1 };

export const bytesPerGb = 1e9;
export const hoursPerMonth = 730;

/** As the stack has it (a test compares them), MB. */
export const functionMemoryMb = { ingest: 512, process: 1024, archive: 512, query: 1024 } as const;
/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html: 1,769 MB have one vCPU. */
const vcpuMb = 1769;

/** Assumed, not measured here: what waits within a region. DynamoDB and Kinesis answer in single-digit ms. */
const waitMs = { streamPut: 8, tableCall: 5, objectPut: 40, query: 30 };
/** One after the other in a batch: epoch, states, claims, admissions twice, decision, items, states, watchers. */
const callsInSequence = 9;
/** Updates under way at once (`process/write-run.ts`). */
const updatesAtOnce = 32;
/** Lambda's own START, END and REPORT lines of an invocation, about. */
const platformLogBytes = 300;
/** The archiver's window (`ArchiveWindowSeconds`), when there are records; and Lambda's payload, base64 included. */
const archiveWindowSeconds = 300;
const invocationBytesMax = 6e6 / 1.4;
/** An answer with its headers; the script, once a visitor, for two page views. */
const answerBytes = 500;
const scriptBytesPerRequest = 3_000 / 4;

/** ms that an invocation is billed: its CPU at the function's share of a core, and what it waits for. */
function billedMs(memoryMb: number, cpuMs: number, waits: number): number {
  return cpuMs / Math.min(1, memoryMb / vcpuMb) + waits;
}

/** ms of all of a time's batches together, on all shards. */
export function processorMs({ batches, records, updates }: Use, { cpuMs }: UnitCosts = unitCosts): number {
  const cpu = records * cpuMs.processRecord + (updates + batches * callsInSequence) * cpuMs.sdkCall;
  const waits = (batches * callsInSequence + updates / updatesAtOnce) * waitMs.tableCall;
  return billedMs(functionMemoryMb.process, cpu, waits);
}

/** Objects of the archive: one for each shard and window, or each time that an invocation is full. */
export function archiveObjects({ hours, records, streamBytes }: Use, shards: number): number {
  const windows = Math.min(records, (shards * hours * 3600) / archiveWindowSeconds);
  return Math.max(windows, streamBytes / invocationBytesMax);
}

export function billOf(use: Use, standing: Standing, costs: UnitCosts = unitCosts): Bill {
  const { cpuMs, logBytes } = costs;
  const objects = archiveObjects(use, standing.shards);
  const calls = { ingest: use.requests, process: use.batches, archive: objects, query: use.queries };
  const invocations = calls.ingest + calls.process + calls.archive + calls.query;
  const ms = {
    ingest: billedMs(functionMemoryMb.ingest, use.requests * (cpuMs.ingestRequest + cpuMs.sdkCall), 0),
    process: processorMs(use, costs),
    archive: billedMs(functionMemoryMb.archive, objects * cpuMs.sdkCall, objects * waitMs.objectPut),
    query: billedMs(functionMemoryMb.query, use.queries * 3 * cpuMs.sdkCall, use.queries * waitMs.query),
  };
  ms.ingest += use.requests * waitMs.streamPut;
  const gbSeconds = (Object.keys(ms) as (keyof typeof ms)[]).reduce(
    (sum, name) => sum + (ms[name] / 1000) * (functionMemoryMb[name] / 1024),
    0,
  );
  const months = use.hours / hoursPerMonth;
  return {
    httpRequests: use.requests + use.queries,
    socketMessages: use.messages,
    socketMinutes: use.socketMinutes,
    lambdaRequests: invocations,
    lambdaGbSeconds: gbSeconds,
    shardHours: standing.shards * use.hours,
    putUnits: use.putUnits,
    writeUnits: use.writeUnits,
    readUnits: use.readUnits,
    tableGbMonths: standing.tableGb * months,
    edgeRequests: use.requests + use.queries,
    edgeGb: ((use.requests + use.queries) * answerBytes + use.requests * scriptBytesPerRequest) / bytesPerGb,
    objectPuts: objects,
    objectGbMonths: standing.archiveGb * months,
    logGb:
      (use.requests * logBytes.ingestRequest + use.batches * logBytes.processBatch + invocations * platformLogBytes) /
      bytesPerGb,
    metricMonths: standing.metrics * months,
    alarmMonths: standing.alarms * months,
    dashboardMonths: standing.dashboards * months,
  };
}
