import { setTimeout as sleep } from 'node:timers/promises';
import { readDemoPages } from './demo-layout.ts';
import type { LocalProduct } from './local-product.ts';
import { populate } from './population.ts';
import { Tally } from './tally.ts';
import { sign, whileUp } from './turn.ts';

const gentleVisitors = 6;

/**
 * A few visitors who come and go on the demo site, so that a fresh dashboard has something to show. They step aside while
 * `npm run visitors` measures.
 * @returns sends them home and resolves when their last beacon has been answered
 */
export function startGentleVisitors(local: LocalProduct): () => Promise<void> {
  const pages = readDemoPages();
  const to = {
    eventsUrl: new URL('/v1/events', local.apiUrl),
    demoOrigin: new URL(local.demoUrl).origin,
    writeKey: local.writeKey,
  };
  const [own, measuring] = [sign('gentle'), sign('measuring')];
  const stopping = new AbortController();

  async function round(): Promise<void> {
    await whileUp(measuring);
    if (stopping.signal.aborted) return;
    own.putUp();
    const population = populate(gentleVisitors, 12_000, Date.now() % 1_000_000, pages, to, new Tally());
    while (!stopping.signal.aborted && !measuring.isUp()) await sleep(250);
    await population.leave();
    own.takeDown();
  }

  const visiting = (async () => {
    while (!stopping.signal.aborted) await round();
  })();
  return () => {
    stopping.abort();
    return visiting;
  };
}
