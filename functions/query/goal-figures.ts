/** Figures of goals and funnels, made of a range's goal items. Pure. */
import type { AnswerRange } from '../contract/answer.ts';
import { funnelKey, goalKey, goalName, parseConversionName, stepName, type Totals } from '../contract/counter.ts';
import type { FunnelFigures, FunnelsAnswer, GoalFigures } from '../contract/funnels-answer.ts';
import { funnelId, goalId } from '../contract/goal.ts';
import type { SiteConfig } from '../contract/site.ts';
import { dayMs, hourMs } from '../contract/time-unit.ts';
import { unitAfter, unitEnd, unitStart } from './range.ts';

type Figures = Pick<FunnelsAnswer, 'unit' | 'goals' | 'funnels'>;

/** What a range has counted. `items`: of its days, in no order. `filled`: ids of what is counted whenever it was set up. */
interface Counted {
  sessions: number;
  items: Totals[];
  filled: ReadonlySet<string>;
  /** Series end with the hour or day that holds it. */
  now: number;
}

export function goalFigures(
  config: SiteConfig,
  range: AnswerRange,
  { sessions, items, filled, now }: Counted,
): Figures {
  // A day on which clocks go back has 25 hours.
  const unit = range.to - range.from <= 2 * dayMs + hourMs ? 'hour' : 'day';
  const itemsOf = (sort: string) => items.filter(({ key }) => key.sk === sort);
  const since = (id: string) => (filled.has(id) ? null : (config.goalsSince?.[id] ?? null));
  const goals = (config.goals ?? []).map((goal): GoalFigures => {
    const id = goalId(goal);
    const own = itemsOf(goalKey('', '', '', id).sk);
    const points = pointsOf(own, { ...range, to: Math.min(range.to, unitEnd(now, unit, range.zone)) }, unit);
    const converted = sumOf(own, goalName.sessions);
    return {
      id,
      ...goal,
      since: since(id),
      conversions: conversionsOf(own).reduce((sum, [, value]) => sum + value, 0),
      sessions: converted,
      rate: shareOf(converted, sessions),
      points,
    };
  });
  const funnels = (config.funnels ?? []).map((funnel): FunnelFigures => {
    const id = funnelId(funnel);
    const own = itemsOf(funnelKey('', '', '', id).sk);
    const reached = funnel.steps.map((_, index) => sumOf(own, stepName(index)));
    const steps = funnel.steps.map((step, index) => ({
      name: step.match,
      ...step,
      sessions: reached[index] ?? 0,
      share: shareOf(reached[index] ?? 0, reached[0] ?? 0),
      dropped: index === 0 ? 0 : (reached[index - 1] ?? 0) - (reached[index] ?? 0),
    }));
    return { id, name: funnel.name, since: since(id), steps };
  });
  return { unit, goals, funnels };
}

function pointsOf(items: Totals[], range: AnswerRange, unit: 'hour' | 'day'): GoalFigures['points'] {
  const conversions = new Map<number, number>();
  for (let at = range.from; at < range.to; at = unitAfter(at, unit, range.zone)) conversions.set(at, 0);
  for (const [hour, value] of conversionsOf(items)) {
    const at = unitStart(hour, unit, range.zone);
    const known = conversions.get(at);
    if (known !== undefined) conversions.set(at, known + value);
  }
  return [...conversions].map(([at, count]) => ({ at, conversions: count }));
}

function conversionsOf(items: Totals[]): [hour: number, value: number][] {
  return items.flatMap(({ counters }) =>
    Object.entries(counters).flatMap(([name, value]): [number, number][] => {
      const hour = parseConversionName(name);
      return hour === null ? [] : [[hour, value]];
    }),
  );
}

function sumOf(items: Totals[], name: string): number {
  return items.reduce((sum, { counters }) => sum + (counters[name] ?? 0), 0);
}
function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
