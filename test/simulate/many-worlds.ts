import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import type { WorldReport } from './report.ts';

/** Within the repository, so that packages are found. */
const bundle = join(import.meta.dirname, '../../dist/simulate/worker.mjs');

/**
 * Runs worlds on all cores.
 * @param seen called with each report as it comes; false: no further worlds are begun
 */
export async function runWorlds(seeds: Iterable<number>, seen: (report: WorldReport) => boolean): Promise<void> {
  // A thread loads no TypeScript by itself.
  await build({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const queue = seeds[Symbol.iterator]();
  let goesOn = true;
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      const worker = new Worker(bundle, { execArgv: ['--enable-source-maps'] });
      try {
        for (let next = queue.next(); goesOn && !next.done; next = queue.next()) {
          const seed: number = next.value;
          const report = await answerOf(worker, seed);
          goesOn = seen(report) && goesOn;
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
}

function answerOf(worker: Worker, seed: number): Promise<WorldReport> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(new Error(`world ${seed} broke off`, { cause: error }));
    worker.once('error', fail);
    worker.once('message', (report: WorldReport) => {
      worker.off('error', fail);
      resolve(report);
    });
    worker.postMessage(seed);
  });
}
