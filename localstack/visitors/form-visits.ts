import type { DemoElement } from './demo-layout.ts';
import type { Action } from './plan.ts';
import type { Random } from './random.ts';

/** Of the demo site's sign-up form. */
const fields: readonly string[] = ['#name', '#email', '#plan', '#brew'];
const sends = '#submit';

/** Visits to fields that follow from clicks on them, and the field that the form was left with, unless it was sent. */
export function formVisits(actions: readonly Action[], dwellMs: number, random: Random): Action[] {
  const visits: Action[] = [];
  let last: DemoElement | undefined;
  for (const action of actions) {
    if (action.what !== 'click') continue;
    const { at, on } = action;
    if (on.key === sends) last = undefined;
    if (!fields.includes(on.key)) continue;
    last = on;
    const ms = Math.min(random.whole(800, 6_000), dwellMs - at - 10);
    visits.push({ at: at + ms, what: 'field', on, ms, changed: random.chance(0.8) });
  }
  if (last) visits.push({ at: dwellMs - 5, what: 'abandon', on: last });
  return visits;
}
