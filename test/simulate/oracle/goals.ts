/** What sessions reach of the goals and funnels that their records' configurations name, each session told from its beginning. */
import { conversionName, funnelKey, goalKey, goalName, stepName } from '../../../functions/contract/counter.ts';
import { kind } from '../../../functions/contract/event.ts';
import { type Funnel, funnelId, goalId, type Target } from '../../../functions/contract/goal.ts';
import type { SiteConfig } from '../../../functions/contract/site.ts';
import type { Books } from './additive.ts';
import type { Happening } from './happening.ts';

/** Of the events that are steps, so many are put in their order when they come late. */
const orderedMax = 6;

/** A session's way: its steps in their order, and of those before them how many they had led to, by funnel. */
interface Way {
  goals: Set<string>;
  steps: { happening: Happening; funnels: Funnel[] }[];
  settled: Map<string, number>;
}

export class Goals {
  /** By a session, as `Sessions` knows it. */
  readonly #ways = new WeakMap<object, Way>();

  constructor(private readonly books: Books) {}

  /** `session`: null where the one that it belongs to is over. `isBefore`: how sessions order their events. */
  take(
    happening: Happening,
    config: SiteConfig,
    session: { day: string } | null,
    isBefore: (one: Happening, other: Happening) => boolean,
  ): void {
    const { epoch, site, ledger } = this.books;
    const way = session && (this.#ways.get(session) ?? { goals: new Set(), steps: [], settled: new Map() });
    if (session && way) this.#ways.set(session, way);
    for (const goal of config.goals ?? []) {
      if (!reaches(happening, goal)) continue;
      const id = goalId(goal);
      ledger.add(goalKey(epoch, site, happening.day, id), conversionName(happening.hour));
      if (session && !way?.goals.has(id)) ledger.add(goalKey(epoch, site, session.day, id), goalName.sessions);
      way?.goals.add(id);
    }
    const funnels = (config.funnels ?? []).filter(({ steps }) => steps.some((step) => reaches(happening, step)));
    if (session && way && funnels.length > 0) this.#step(way, session.day, { happening, funnels }, isBefore);
  }

  #step(
    way: Way,
    day: string,
    step: Way['steps'][number],
    isBefore: (one: Happening, other: Happening) => boolean,
  ): void {
    const { epoch, site, ledger } = this.books;
    const before = step.funnels.map((funnel) => come(way, funnel));
    let place = way.steps.length;
    while (place > 0 && !isBefore(way.steps[place - 1]?.happening as Happening, step.happening)) place -= 1;
    way.steps.splice(place, 0, step);
    for (const [index, funnel] of step.funnels.entries()) {
      for (let reached = before[index] ?? 0; reached < come(way, funnel); reached++) {
        ledger.add(funnelKey(epoch, site, day, funnelId(funnel)), stepName(reached));
      }
    }
    if (way.steps.length <= orderedMax) return;
    for (const funnel of way.steps[0]?.funnels ?? []) {
      way.settled.set(funnelId(funnel), come({ ...way, steps: way.steps.slice(0, 1) }, funnel));
    }
    way.steps.shift();
  }
}

/** How many steps of a funnel a way has come. */
function come({ steps, settled }: Way, funnel: Funnel): number {
  const id = funnelId(funnel);
  let count = settled.get(id) ?? 0;
  for (const { happening, funnels } of steps) {
    const wanted = funnel.steps[count];
    if (wanted && funnels.some((one) => funnelId(one) === id) && reaches(happening, wanted)) count += 1;
  }
  return count;
}

function reaches({ event, page }: Happening, { what, match }: Target): boolean {
  const pattern = new RegExp(`^${match.replace(/[.?]/g, '\\$&').replace(/\*$/, '.*').replace(/:\w+/g, '[^/]+')}$`);
  if (what === 'page') return event[0] === kind.view && pattern.test(page.path);
  if (what === 'event') return event[0] === kind.custom && event[3] === match;
  const told = what === 'outbound' ? kind.outbound : kind.download;
  return event[0] === told && new RegExp(`^${match.replace(/[.?]/g, '\\$&').replace(/\*$/, '.*')}$`).test(event[3]);
}
