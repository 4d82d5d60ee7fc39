/** Goals: how often each was reached, by local hour, and how many sessions have reached it. */
import { conversionName, goalKey, goalName } from '../contract/counter.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';

export function addGoals({ epoch, record, reached }: Facts, increments: Increments): void {
  for (const { goal, day, hour, sessionDay } of reached.goals) {
    increments.add(goalKey(epoch, record.site, day, goal), conversionName(hour));
    // A session counts on the day on which it began, as in the series: so a rate is a share.
    if (sessionDay) increments.add(goalKey(epoch, record.site, sessionDay, goal), goalName.sessions);
  }
}
