/** Many bodies through the pipeline, in portions, with what came of them. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { accountOf } from './account.ts';
import { keptBodies } from './corpus.ts';
import { Pipeline } from './pipeline.ts';
import { type Visit, visitArbitrary } from './visit.ts';

export interface BodiesReport {
  bodies: number;
  /** How many were answered with which code. */
  codes: Map<string, number>;
  /** Records of the stream whose bytes were changed: how many were told to be what. */
  damaged: Map<string, number>;
  /** Of processor time. */
  slowestMs: number;
  /** What was still held after a collection: before the first portion, and the most after any. */
  heapBefore: number;
  heapMax: number;
  /** Null: nothing broke. Else fast-check's account of the smallest visit that does it. */
  broken: string | null;
}

export interface RunOptions {
  bodies: number;
  seed: number;
  onPortion?(report: BodiesReport): void;
}

const visitsPerPortion = 2_000;

export async function runBodies({ bodies, seed, onPortion }: RunOptions): Promise<BodiesReport> {
  const report: BodiesReport = {
    bodies: 0,
    codes: new Map(),
    damaged: new Map(),
    slowestMs: 0,
    heapBefore: 0,
    heapMax: 0,
    broken: null,
  };
  const broken = await runKept(report);
  if (broken) return { ...report, broken };
  report.heapBefore = heapUsed();
  for (let portion = 0; report.bodies < bodies && !report.broken; portion++) {
    const wanted = Math.min(visitsPerPortion, Math.ceil((bodies - report.bodies) / 4));
    const details = await fc.check(
      fc.asyncProperty(visitArbitrary, (visit) => runVisit(visit, report, bodies)),
      { numRuns: wanted, seed: seed + portion },
    );
    report.broken = accountOf(details);
    report.heapMax = Math.max(report.heapMax, heapUsed());
    onPortion?.(report);
  }
  return report;
}

async function runVisit(visit: Visit, report: BodiesReport, bodiesMax: number): Promise<void> {
  const pipeline = new Pipeline(visit);
  for (const sent of visit.sent) {
    if (report.bodies === bodiesMax) return;
    const before = process.cpuUsage();
    const code = await pipeline.send(sent);
    const { user, system } = process.cpuUsage(before);
    report.slowestMs = Math.max(report.slowestMs, (user + system) / 1000);
    report.bodies += 1;
    count(report.codes, code);
    if (code === 'accepted' && sent.damage) count(report.damaged, await pipeline.processDamaged(sent.damage));
  }
}

/** The kept bodies first: each must get the answer that stands beside it. */
async function runKept(report: BodiesReport): Promise<string | null> {
  for (const { name, answer, body, isBase64 } of keptBodies) {
    const sent = { body, isBase64, afterMs: 1_000, header: undefined };
    const code = await new Pipeline({ zone: 'UTC', admitted: 'all' }).send(sent);
    report.bodies += 1;
    count(report.codes, code);
    if (code !== answer) return `"${name}" was answered ${code}, not ${answer}`;
  }
  return null;
}

function count(codes: Map<string, number>, code: string): void {
  codes.set(code, (codes.get(code) ?? 0) + 1);
}

let collect: (() => void) | undefined;

function heapUsed(): number {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  return process.memoryUsage().heapUsed;
}
