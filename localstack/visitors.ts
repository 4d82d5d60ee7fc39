/**
 * `npm run visitors -- --rate 200 --seconds 60 --seed 7`: simulated visitors on the running demo site, at about `rate` events a
 * second for `seconds`; then a report that compares what was sent with what the API counts. Exit code 1 when they differ.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { countedSince, settledSums } from './visitors/counted.ts';
import { readDemoPages } from './visitors/demo-layout.ts';
import { listen } from './visitors/latency.ts';
import { runningProduct } from './visitors/local-product.ts';
import { populate, visitorsAtOnce } from './visitors/population.ts';
import { type Run, report } from './visitors/report.ts';
import { Tally } from './visitors/tally.ts';
import { sign, whileUp } from './visitors/turn.ts';
import { itemsWritten } from './visitors/written.ts';

/** How long the counters may stand still, while they differ, before the difference is called one. */
const patienceMs = 30_000;

function wholeNumber(text: string, name: string, low: number, high: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new Error(`--${name} is "${text}": give a whole number from ${low} to ${high}`);
}

function options() {
  const { values } = parseArgs({
    options: {
      rate: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: '7' },
    },
  });
  return {
    rate: wholeNumber(values.rate, 'rate', 1, 20_000),
    seconds: wholeNumber(values.seconds, 'seconds', 1, 86_400),
    seed: wholeNumber(values.seed, 'seed', 0, 2 ** 32 - 1),
  };
}

async function main(): Promise<number> {
  const { rate, seconds, seed } = options();
  const local = await runningProduct();
  const pages = readDemoPages();
  const count = visitorsAtOnce(rate, seed, pages);
  const to = {
    eventsUrl: new URL('/v1/events', local.apiUrl),
    demoOrigin: new URL(local.demoUrl).origin,
    writeKey: local.writeKey,
  };
  const measuring = sign('measuring');
  measuring.putUp();
  try {
    await whileUp(sign('gentle'));
    const before = await settledSums(local);
    const tally = new Tally();
    const listener = await listen(local);
    const startedAt = Date.now();
    const written = itemsWritten();
    console.log(`${count} visitors at once, about ${rate} events/s for ${seconds} s, seed ${seed}`);
    const population = populate(count, Math.min(10_000, seconds * 200), seed, pages, to, tally);
    const endsAt = startedAt + seconds * 1000;
    while (Date.now() < endsAt) {
      await sleep(Math.min(5_000, endsAt - Date.now()));
      const perSecond = Math.round((tally.acceptedEvents / (Date.now() - startedAt)) * 1000);
      console.log(
        `${Math.round((Date.now() - startedAt) / 1000)} s: ${population.size()} here, ${tally.requests} requests, ${tally.acceptedEvents} events accepted (${perSecond}/s)`,
      );
    }
    await population.leave();
    const sentMs = Date.now() - startedAt;
    console.log('All have left. Waiting for the counters …');
    const counted = await countedSince(local, before, tally.accepted, patienceMs);
    const run: Run = { count, tally, listener, counted, sentMs, countedMs: Date.now() - startedAt, items: written() };
    listener.close();
    return report(run) ? 0 : 1;
  } finally {
    measuring.takeDown();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
