import { conversionName, goalKey, hourKey } from '../contract/counter.ts';
import { goalId } from '../contract/goal.ts';
import type { SiteConfig } from '../contract/site.ts';
import { dayMs, hourStart, localDay } from '../contract/time-unit.ts';
import type { GoalReading } from './judge.ts';
import { daysRead, type ReadingPorts } from './readings.ts';

/** How often each goal was reached in the site's hour that has ended last, beside the same hour of the last seven days. */
export async function readGoals(
  { site, zone, goals = [] }: SiteConfig,
  now: number,
  { epoch, counters }: ReadingPorts,
): Promise<GoalReading[]> {
  if (goals.length === 0) return [];
  const ended = hourStart(hourStart(now, zone) - 1, zone);
  const hours = Array.from({ length: daysRead + 1 }, (_, ago) => {
    const at = ended - ago * dayMs;
    return { at, day: localDay(at, zone) };
  });
  const ids = goals.map(goalId);
  const items = await counters.items([
    ...hours.map(({ at, day }) => hourKey(epoch, site, day, at)),
    ...hours.flatMap(({ day }) => ids.map((id) => goalKey(epoch, site, day, id))),
  ]);
  const found = new Map(items.map(({ key, counters: counted }) => [`${key.pk} ${key.sk}`, counted]));
  const of = ({ pk, sk }: { pk: string; sk: string }) => found.get(`${pk} ${sk}`);
  const [last, ...earlier] = hours;
  // Of days that the site was not counted on nothing is known: they are no days without conversions.
  const counted = earlier.filter(({ at, day }) => of(hourKey(epoch, site, day, at)));
  return goals.map(({ name }, index) => {
    const reached = ({ at, day }: { at: number; day: string }) =>
      of(goalKey(epoch, site, day, ids[index] ?? ''))?.[conversionName(at)] ?? 0;
    return { name, inHour: last ? reached(last) : 0, usual: counted.map(reached) };
  });
}
