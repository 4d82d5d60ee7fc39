/** What of a site's goals and funnels an event reaches: told by the targets of the configuration that its record names. */
import { funnelId, goalId, goalsMax, isReachedBy, type Target } from '../contract/goal.ts';
import type { SiteConfig } from '../contract/site.ts';
import type { DatedEvent } from './dated-event.ts';
import { takeSteps } from './funnel-progress.ts';
import type { EventOrder, Session } from './visitor-state.ts';

/** A goal was reached. `sessionDay`: the day of its session, where that had not reached it before. */
export interface GoalFact {
  goal: string;
  day: string;
  hour: number;
  sessionDay: string | null;
}
/** A session has reached a step of a funnel, counted from 0, after those before it. `day`: the session's. */
export interface FunnelFact {
  funnel: string;
  step: number;
  day: string;
}
export interface Reached {
  goals: GoalFact[];
  funnels: FunnelFact[];
}

export type GoalConfig = Pick<SiteConfig, 'goals' | 'funnels'>;

/** `session`: the one that the event belongs to; null where that is over. It remembers what it has reached. */
export function reach(config: GoalConfig, dated: DatedEvent, order: EventOrder, session: Session | null): Reached {
  const { event, page, day, hour } = dated;
  const isReached = (target: Target) => isReachedBy(target, event, page?.path ?? '');
  const { goals, funnels } = targetsOf(config);
  const reached = goals
    .filter(({ goal }) => isReached(goal))
    .map(({ id }) => ({ goal: id, day, hour, sessionDay: session && convert(session, id) ? session.day : null }));
  if (!session) return { goals: reached, funnels: [] };
  const taken = funnels.map(({ id, steps }): [string, number] => [id, bitsOf(steps.map(isReached))]);
  const steps = Object.fromEntries(taken.filter(([, bits]) => bits > 0));
  return {
    goals: reached,
    funnels: takeSteps(session, { ...order, steps }).map((step) => ({ ...step, day: session.day })),
  };
}

/** Whether this is the first time. More goals than a site may have at once were in use when nothing more is remembered. */
function convert(session: Session, goal: string): boolean {
  if (session.goals.includes(goal) || session.goals.length >= goalsMax) return false;
  session.goals = [...session.goals, goal];
  return true;
}

function bitsOf(flags: readonly boolean[]): number {
  return flags.reduce((bits, flag, index) => (flag ? bits | (1 << index) : bits), 0);
}

/** Ids are worked out once for as long as a configuration is kept. */
const targets = new WeakMap<GoalConfig, ReturnType<typeof withIds>>();
function targetsOf(config: GoalConfig) {
  const known = targets.get(config) ?? withIds(config);
  targets.set(config, known);
  return known;
}
function withIds({ goals = [], funnels = [] }: GoalConfig) {
  return {
    goals: goals.map((goal) => ({ id: goalId(goal), goal })),
    funnels: funnels.map((funnel) => ({ id: funnelId(funnel), steps: funnel.steps })),
  };
}
