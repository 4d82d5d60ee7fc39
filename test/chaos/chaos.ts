/**
 * `npm run chaos -- --seconds 60 --rate 1500 --seed 3`: the real template in an embedded cloud of its own (free ports, a folder of its
 * own: a running `npm start` is left alone), simulated visitors and dashboards on it, and everything breaks: calls are refused, lost,
 * late or performed twice, functions die before and after their writes, sockets are cut, shards are split and merged, and once all
 * processes are killed. Then the audit. Exits with 1 when anything differs. The seed says which calls meet which fault; the machine
 * says when calls come.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../../localstack/build.ts';
import { localApiKey } from '../../localstack/local-file.ts';
import { synth } from '../../localstack/synth.ts';
import { chaosText } from './chaos-text.ts';
import { runChaos } from './run-chaos.ts';

const root = join(import.meta.dirname, '..', '..');
const dist = join(root, 'dist');
const assembly = join(root, 'cdk.out');

function wholeNumber(text: string, name: string, low: number, high: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new Error(`--${name} is "${text}": give a whole number from ${low} to ${high}`);
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      rate: { type: 'string', default: '1500' },
      seed: { type: 'string', default: '1' },
    },
  });
  const seconds = wholeNumber(values.seconds, 'seconds', 5, 3_600);
  const rate = wholeNumber(values.rate, 'rate', 1, 20_000);
  const seed = wholeNumber(values.seed, 'seed', 0, 2 ** 32 - 1);
  console.log('Building …');
  await build(dist);
  await synth(assembly);
  const stateDir = mkdtempSync(join(tmpdir(), 'sitepulse-chaos-'));
  const apiKey = localApiKey(stateDir, true);
  console.log(`About ${rate} events/s for ${seconds} s, seed ${seed}`);
  const tell = (line: string) => console.log(line);
  const report = await runChaos({
    seconds,
    rate,
    seed,
    frequency: 1,
    untilAllStruck: false,
    stateDir,
    dist,
    assembly,
    apiKey,
    tell,
  });
  console.log(chaosText(report));
  const isRight = report.differences.length === 0;
  if (isRight) rmSync(stateDir, { recursive: true, force: true });
  else console.log(`Its data are kept in ${stateDir}`);
  return isRight;
}

main().then(
  (isRight) => process.exit(isRight ? 0 : 1),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
