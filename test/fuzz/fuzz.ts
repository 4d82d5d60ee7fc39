/**
 * `npm run fuzz -- --bodies 1000000 --seed 1`: generated bodies through ingest, stream and fold. Prints how many were answered
 * how, and which branches of the decoder they took. Then a tenth as many frames to a dashboard, and a fiftieth as many queries.
 * Ends with 1 when something broke, with the smallest example that breaks it.
 */
import { parseArgs } from 'node:util';
import { BranchCoverage, type FileCoverage } from './branch-coverage.ts';
import type { BodiesReport } from './run-bodies.ts';

const { values } = parseArgs({
  options: { bodies: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const [bodies, seed] = [Number(values.bodies), Number(values.seed)];
if (!Number.isInteger(bodies) || bodies < 1 || !Number.isInteger(seed)) {
  console.error('usage: fuzz --bodies <whole number> --seed <whole number>');
  process.exit(2);
}

const coverage = new BranchCoverage();
await coverage.start();
// Only now: what is compiled before is not counted.
const { runBodies } = await import('./run-bodies.ts');
const { runFrames } = await import('./run-frames.ts');
const { runQueries } = await import('./run-queries.ts');

const startedAt = performance.now();
const seconds = () => Math.round((performance.now() - startedAt) / 1000);
let saidAt = 0;
const report = await runBodies({
  bodies,
  seed,
  onPortion(so) {
    if (seconds() - saidAt < 10 && so.bodies < bodies) return;
    saidAt = seconds();
    console.log(`${so.bodies} bodies, ${share(so)} valid, ${megabytes(so.heapMax)} held, ${saidAt} s`);
  },
});
const files = await coverage.take(/functions\/(ingest\/decode[\w-]*|stream\/(event-check|bounded))\.ts/);

console.log(`\n${report.bodies} bodies (seed ${seed}), ${share(report)} of them valid, in ${seconds()} s`);
print('answers', report.codes);
print('records whose bytes were changed on the stream', report.damaged);
console.log(
  `\nslowest body ${report.slowestMs.toFixed(0)} ms; heap held ${megabytes(report.heapBefore)} before, ${megabytes(report.heapMax)} at most`,
);
printCoverage(
  'branches of decode',
  files.filter(({ path }) => path.includes('/ingest/')),
);
printCoverage(
  'branches of what it checks events with',
  files.filter(({ path }) => path.includes('/stream/')),
);
endIfBroken(report.broken);

const frames = runFrames({ frames: Math.ceil(bodies / 10), seed });
console.log(`\n${frames.frames} frames to a dashboard`);
print('read as', frames.read);
endIfBroken(frames.broken);

const queries = await runQueries({ queries: Math.ceil(bodies / 50), seed });
console.log(`\n${queries.queries} queries`);
print('answers', queries.answers);
endIfBroken(queries.broken);
console.log('\nnothing broke');

function endIfBroken(broken: string | null): void {
  if (broken === null) return;
  console.error(`\nBROKEN\n${broken}`);
  process.exit(1);
}

function share({ codes, bodies: all }: BodiesReport): string {
  return `${((100 * (codes.get('accepted') ?? 0)) / Math.max(1, all)).toFixed(1)} %`;
}
function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
function print(title: string, codes: Map<string, number>): void {
  console.log(`\n${title}`);
  for (const [code, count] of [...codes].sort(([, one], [, other]) => other - one)) {
    console.log(`  ${String(count).padStart(9)}  ${code}`);
  }
}
function printCoverage(title: string, of: FileCoverage[]): void {
  const sum = (field: 'branches' | 'taken') => of.reduce((total, file) => total + file[field], 0);
  console.log(`\n${title}: ${sum('taken')} of ${sum('branches')}`);
  for (const { path, taken, branches, missed } of of) {
    console.log(
      `  ${path.slice(path.indexOf('functions/'))} ${taken}/${branches}${missed.length ? `, not: line ${missed.join('; line ')}` : ''}`,
    );
  }
}
