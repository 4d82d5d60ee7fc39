/**
 * `npm run drill -- ingest|processor|push|capture` (several, or none for all): the real template in an embedded cloud of its own, with
 * visitors and a dashboard on it; breaks the part, waits for its alarm, mends it, waits until the alarm is over, and prints the times.
 * Periods are the template's own, so each takes some minutes. Exits with 1 when an alarm does not ring or does not end.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserEnvironment } from '../../localstack/browser-environment.ts';
import { build } from '../../localstack/build.ts';
import { localApiKey } from '../../localstack/local-file.ts';
import { synth } from '../../localstack/synth.ts';
import { type PartName, partNames } from './parts.ts';
import { runDrill } from './run-drill.ts';

const root = join(import.meta.dirname, '..', '..');

/** @throws Error that names what is no part. */
function namesFrom(given: string[]): PartName[] {
  const names = given.map((name) => {
    const known = partNames.find((part) => part === name);
    if (!known) throw new Error(`"${name}" is no part that a drill can break: give ${partNames.join(', ')}`);
    return known;
  });
  return names.length > 0 ? names : partNames;
}

async function main(): Promise<void> {
  const names = namesFrom(process.argv.slice(2));
  const tell = (line: string) => console.log(line);
  tell('Building …');
  const dist = join(root, 'dist');
  const assembly = join(root, 'cdk.out');
  await build(dist);
  await synth(assembly);
  const stateDir = mkdtempSync(join(tmpdir(), 'sitepulse-drill-'));
  const apiKey = localApiKey(stateDir, true);
  const environment = await browserEnvironment(tell);
  const results = await runDrill({ names, stateDir, dist, assembly, apiKey, environment, tell });
  rmSync(stateDir, { recursive: true, force: true });
  tell(
    `\n${'part'.padEnd(10)} ${'alarm'.padEnd(18)} ${'rang after'.padStart(10)} ${'over after'.padStart(10)}  also ringing`,
  );
  for (const { name, alarm, rangAfterMs, overAfterMs, alsoRinging } of results) {
    const times = [rangAfterMs, overAfterMs].map((ms) => `${Math.round(ms / 1000)} s`.padStart(10)).join(' ');
    tell(`${name.padEnd(10)} ${alarm.padEnd(18)} ${times}  ${alsoRinging.join(', ') || '–'}`);
  }
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
