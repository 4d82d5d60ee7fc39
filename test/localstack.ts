/**
 * `npm run test:localstack`: deploys to the emulator at `AWS_ENDPOINT_URL` (http://localhost:4566) and runs the end-to-end suite there.
 * Ends with what a run at that emulator can't prove.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Fault, run } from '../deploy/fault.ts';
import { build } from '../localstack/build.ts';
import { findEmulator } from '../localstack/deploy/emulator.ts';
import { step } from '../localstack/start-steps.ts';

const root = join(import.meta.dirname, '..');

run(async () => {
  const { endpoint, name } = await findEmulator(process.env.AWS_ENDPOINT_URL || 'http://localhost:4566');
  console.log(`${name} at ${endpoint}`);
  await step('built', () => build(join(root, 'dist')));
  // The clients of the suite are told where to go; nothing else of this process may go there.
  const { AWS_ENDPOINT_URL: _elsewhere, ...environment } = process.env;
  const suite = ['vitest', 'run', '--config', 'test/e2e/vitest.e2e.config.ts', 'test/e2e/anywhere'];
  const child = spawn('npx', suite, {
    cwd: root,
    env: { ...environment, SITEPULSE_TEST_ENDPOINT: endpoint },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Fault(`The suite failed at ${name}.`);
});
