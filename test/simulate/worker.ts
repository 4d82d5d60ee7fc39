/** A thread that runs one world after the other, as they are handed to it by their seeds. */
import { parentPort } from 'node:worker_threads';
import { runWorld } from './outcome.ts';
import { reportOf } from './report.ts';

parentPort?.on('message', async (seed: number) => {
  parentPort?.postMessage(reportOf(await runWorld({ seed })));
});
