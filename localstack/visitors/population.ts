import { setMaxListeners } from 'node:events';
import { type Clock, realClock } from './clock.ts';
import type { DemoPages } from './demo-layout.ts';
import { createAgent, createDoor } from './door.ts';
import { eventCount, planVisit } from './plan.ts';
import { Random } from './random.ts';
import type { Tally } from './tally.ts';
import { visit, type World } from './visitor.ts';

/** How many visitors at once make `eventsPerSecond`, judged by the plans of the first few hundred visitors of this seed. */
export function visitorsAtOnce(eventsPerSecond: number, seed: number, pages: DemoPages): number {
  const random = new Random(seed);
  let events = 0;
  let ms = 0;
  for (let index = 0; index < 400; index++) {
    for (const view of planVisit(random.fork(), index, pages).views) {
      events += eventCount(view);
      ms += view.dwellMs;
    }
  }
  return Math.max(1, Math.round(eventsPerSecond / ((events / ms) * 1000)));
}

export interface Destination {
  eventsUrl: URL;
  demoOrigin: string;
  writeKey: string;
}

export interface Population {
  /** How many are on the site now. */
  size(): number;
  /** All leave, as by closing their tabs; resolves when the last beacon has been answered. */
  leave(): Promise<void>;
}

/**
 * Keeps `count` visitors on the site: whoever leaves is followed by the next of the seed's endless line.
 * @param spreadMs over how long the first ones arrive
 */
export function populate(
  count: number,
  spreadMs: number,
  seed: number,
  pages: DemoPages,
  to: Destination,
  tally: Tally,
  clock: Clock = realClock,
): Population {
  const random = new Random(seed);
  const agent = createAgent();
  const stopping = new AbortController();
  // Every visitor listens to it; that many listeners are no leak.
  setMaxListeners(0, stopping.signal);
  const world: World = {
    ...to,
    clock,
    door: (plan, own) => createDoor(to.eventsUrl, to.demoOrigin, plan, agent, () => own.next(), tally, clock),
  };
  const underway = new Set<Promise<void>>();
  let index = 0;
  let here = 0;

  async function lane(delayMs: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    while (!stopping.signal.aborted) {
      const own = random.fork();
      const plan = planVisit(own, index++, pages);
      here++;
      await visit(plan, own, world, stopping.signal);
      here--;
    }
  }

  for (let place = 0; place < count; place++) {
    const done: Promise<void> = lane((spreadMs * place) / count).finally(() => underway.delete(done));
    underway.add(done);
  }
  return {
    size: () => here,
    async leave() {
      stopping.abort();
      await Promise.all(underway);
      await tally.settled();
      agent.destroy();
    },
  };
}
