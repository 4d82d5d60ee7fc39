/**
 * `npm test`: builds everything, then runs the unit, contract, law and infrastructure tests, then the real browser.
 * Arguments go to vitest (`npm test -- law` runs the files whose path holds "law").
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  success: boolean;
}

const root = join(import.meta.dirname, '..');
let running: ChildProcess | undefined;

function run(command: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    running = spawn(command, args, { cwd: root, stdio: 'inherit' });
    running.on('error', reject);
    running.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

async function vitest(name: string, config: string): Promise<Report | null> {
  const out = join(scratch, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${out}`];
  await run('npx', ['vitest', 'run', '--config', config, '--passWithNoTests', ...reporters, ...process.argv.slice(2)]);
  try {
    return JSON.parse(readFileSync(out, 'utf8')) as Report;
  } catch (error) {
    console.error(`The ${name} run left no report: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

process.on('SIGINT', () => running?.kill('SIGINT'));
process.on('SIGTERM', () => running?.kill('SIGTERM'));

const built = await run('npx', ['tsx', 'localstack/build.ts']);
if (built !== 0) {
  console.error('The build failed: nothing was tested.');
  process.exit(1);
}
const scratch = mkdtempSync(join(tmpdir(), 'sitepulse-reports-'));
const reports = [await vitest('unit', 'vitest.config.ts'), await vitest('browser', 'test/e2e/vitest.e2e.config.ts')];
rmSync(scratch, { recursive: true, force: true });

const sum = (field: 'numPassedTests' | 'numFailedTests' | 'numPendingTests') =>
  reports.reduce((total, report) => total + (report?.[field] ?? 0), 0);
const passed = sum('numPassedTests');
console.log(`\n${passed} passed, ${sum('numFailedTests')} failed, ${sum('numPendingTests')} skipped`);
process.exit(passed > 0 && reports.every((report) => report?.success) ? 0 : 1);
