import { setMaxListeners } from 'node:events';
import type { Accepted } from '../../functions/contract/event.ts';
import { readDemoPages } from '../../localstack/visitors/demo-layout.ts';
import { planVisit } from '../../localstack/visitors/plan.ts';
import { Random } from '../../localstack/visitors/random.ts';
import { visit } from '../../localstack/visitors/visitor.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A request as it reached the door. */
export interface SentBody {
  at: number;
  body: string;
  visitor: string;
  agent: string;
}

export const benchStart = Date.parse('2026-03-10T09:00:00Z');

/**
 * What simulated visitors send in their own time.
 * @param everyMs a new visitor arrives this often
 */
export async function recordVisits(
  visitors: number,
  everyMs: number,
  seed: number,
  watch: Accepted,
): Promise<SentBody[]> {
  const pages = readDemoPages();
  const random = new Random(seed);
  const clock = new VirtualClock(benchStart);
  const sent: SentBody[] = [];
  const never = new AbortController().signal;
  setMaxListeners(0, never);
  for (let index = 0; index < visitors; index++) {
    const own = random.fork();
    const plan = planVisit(own, index, pages);
    const take = (body: string) => {
      sent.push({ at: clock.now(), body, visitor: index.toString(16).padStart(16, '0'), agent: plan.agent });
    };
    const world = {
      clock,
      writeKey: 'bench',
      demoOrigin: 'http://localhost:8081',
      door: () => ({
        ...clock,
        now: clock.now,
        random: () => own.next(),
        post: async (body: string) => {
          take(body);
          return { status: 202, retryAfterS: 0, accepted: watch };
        },
        beacon: (body: string) => {
          take(body);
          return true;
        },
      }),
    };
    clock.later(() => void visit(plan, own, world, never), index * everyMs);
  }
  await clock.run();
  return sent;
}
