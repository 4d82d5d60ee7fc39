/** `npm run check`: types, lint and format, the architecture, the snippet's size. Side by side, under a minute. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { auditDependencies } from './dependency-audit.ts';

const steps: [name: string, command: string, args: string[]][] = [
  ['types', 'npx', ['tsc', '--noEmit']],
  ['lint and format', 'npx', ['biome', 'check', '--error-on-warnings', '.']],
  ['architecture', 'npx', ['vitest', 'run', 'test/architecture.test.ts']],
  ['pages made from the template', 'npx', ['vitest', 'run', 'test/infra/documents.test.ts']],
  ['snippet size', 'npx', ['tsx', 'snippet/check-size.ts']],
];

function run(command: string, args: string[]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: join(import.meta.dirname, '..') });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('exit', (code) => resolve({ ok: code === 0, output }));
  });
}

const audited = auditDependencies(join(import.meta.dirname, '..'));
const results = await Promise.all(
  steps.map(async ([name, command, args]) => {
    const result = await run(command, args);
    console.log(`${result.ok ? '✓' : '✗'} ${name}`);
    return { name, ...result };
  }),
);
const { ok, text } = await audited;
console.log(`${ok ? '✓' : '✗'} dependencies: ${text}`);
const failed = results.filter(({ ok }) => !ok);
for (const { name, output } of failed) console.error(`\n── ${name} ──\n${output}`);
process.exit(failed.length > 0 || !ok ? 1 : 0);
