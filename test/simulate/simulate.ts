/**
 * `npm run simulate -- --seeds 2000`: that many worlds on all cores, from `--from` (1) on. `--seed N` plays one again and tells
 * what happened in it; `--only` and `--without` (JSON lists) leave out faults and loads. `--mutant NAME` breaks one thing and
 * looks for the first world that notices; `--mutant all` does so with each. Exits with 1 when a world differs from its recount,
 * or a mutant goes unnoticed.
 */
import { parseArgs } from 'node:util';
import { runWorlds } from './many-worlds.ts';
import { firstToNotice } from './mutant-hunt.ts';
import { mutantNamed, mutants } from './mutants/all.ts';
import { noMutant, runWorld } from './outcome.ts';
import { differencesText, type Replay, replayCommand, shrinkWorld, trace } from './replay.ts';
import { addTo, newTally, tallyText } from './report.ts';

const failuresShown = 3;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    only: { type: 'string' },
    without: { type: 'string' },
    mutant: { type: 'string' },
  },
});

if (values.seed !== undefined) process.exitCode = await playAgain(wholeOf('seed', values.seed));
else if (values.mutant !== undefined) process.exitCode = await hunt(values.mutant);
else process.exitCode = await many(wholeOf('seeds', values.seeds ?? '100'), wholeOf('from', values.from));

async function many(count: number, from: number): Promise<number> {
  const begun = Date.now();
  const tally = newTally();
  const step = Math.max(1, Math.floor(count / 10));
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  await runWorlds(seeds, (report) => {
    addTo(tally, report);
    if (report.differences.length > 0) console.log(`seed ${report.seed}: ${report.differences.length} differences`);
    if (tally.worlds % step === 0) console.log(`${tally.worlds} worlds, ${tally.differences} differences`);
    return tally.failedSeeds.length < failuresShown;
  });
  const { user, system } = process.cpuUsage();
  console.log(`\n${tallyText(tally, Date.now() - begun, (user + system) / 1000)}`);
  const [seed] = tally.failedSeeds.sort((one, other) => one - other);
  if (seed === undefined) return 0;
  await explain({ seed, mutant: noMutant, only: null, without: new Set() });
  return 1;
}

async function playAgain(seed: number): Promise<number> {
  const mutant = values.mutant === undefined ? noMutant : mutantNamed(values.mutant);
  const only = values.only === undefined ? null : listOf('only', values.only);
  const replay = { seed, mutant, only, without: listOf('without', values.without ?? '[]') };
  const { lines, outcome } = await trace(replay);
  console.log(lines.join('\n'));
  console.log(`\nseed ${seed}: ${JSON.stringify(outcome.figures)}, ${outcome.faults.length} faults`);
  console.log(`${outcome.differences.length} differences\n${differencesText(outcome)}`);
  if (outcome.differences.length === 0) return 0;
  if (only === null) await explain(replay);
  return 1;
}

/** Shrinks a failing world and tells what is left of it. */
async function explain(replay: Replay): Promise<void> {
  const failing = await runWorld(replay);
  console.log(`\nseed ${replay.seed} fails:\n${differencesText(failing)}\n\nLeaving out what does not matter …`);
  const shrunk = await shrinkWorld(failing, replay);
  const only = new Set(shrunk.faults);
  const { lines, outcome } = await trace({ ...replay, only, without: new Set(shrunk.without) });
  console.log(`${shrunk.runs} worlds later, these faults are left:\n  ${shrunk.faults.join('\n  ')}`);
  console.log(`\n${lines.join('\n')}\n\n${differencesText(outcome)}\n\n${replayCommand(replay, shrunk)}`);
}

async function hunt(name: string): Promise<number> {
  let missed = 0;
  for (const mutant of name === 'all' ? mutants : [mutantNamed(name)]) {
    const noticed = await firstToNotice(mutant);
    const told = noticed ? `noticed by world ${noticed.seed}: ${noticed.differences[0]}` : 'goes unnoticed';
    console.log(`${mutant.name} (${mutant.what}): ${told}`);
    if (!noticed) missed += 1;
    else if (name !== 'all') await explain({ seed: noticed.seed, mutant, only: null, without: new Set() });
  }
  return missed === 0 ? 0 : 1;
}

function wholeOf(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} is "${text}", not a whole number`);
  return number;
}

function listOf(name: string, text: string): Set<string> {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) {
    throw new Error(`--${name} is not a JSON list of texts`);
  }
  return new Set(list);
}
