/** Goals and funnels by looking at whole sessions: what was reached at all, and in which order. */
import { conversionName } from '../../functions/contract/counter.ts';
import { kind, type PulseEvent } from '../../functions/contract/event.ts';
import { type Funnel, funnelId, type Goal, goalId } from '../../functions/contract/goal.ts';
import { hourStart } from '../../functions/contract/time-unit.ts';

const pricing: Goal = { name: 'Saw prices', what: 'page', match: '/pricing' };
const posts: Goal = { name: 'Read a post', what: 'page', match: '/blog/*' };
const signup: Goal = { name: 'Signed up', what: 'event', match: 'signup' };
const away: Funnel = {
  name: 'Signed up, and left',
  steps: [
    { what: 'event', match: 'signup' },
    { what: 'outbound', match: 'https://elsewhere.example/*' },
  ],
};
/** Of the site whose traffic the laws look at. */
export const lawGoals = { goals: [pricing, posts, signup], funnels: [away] };

interface Seen {
  event: PulseEvent;
  at: number;
  path: string;
}
type Add = (name: string, amount?: number) => void;

/** One session's events, in the order of time. */
export function countReached(session: readonly Seen[], add: Add): void {
  const isSignup = ({ event }: Seen) => event[0] === kind.custom;
  const reached: [Goal, Seen[]][] = [
    [pricing, session.filter(({ event, path }) => event[0] === kind.view && path === '/pricing')],
    [posts, session.filter(({ event, path }) => event[0] === kind.view && path.startsWith('/blog/'))],
    [signup, session.filter(isSignup)],
  ];
  for (const [goal, seen] of reached) {
    for (const { at } of seen) add(`goal g|${goalId(goal)} ${conversionName(hourStart(at, 'UTC'))}`);
    if (seen.length > 0) add(`goal g|${goalId(goal)} s`);
  }
  const first = session.findIndex(isSignup);
  if (first < 0) return;
  add(`goal f|${funnelId(away)} s1`);
  if (session.slice(first).some(({ event }) => event[0] === kind.outbound)) add(`goal f|${funnelId(away)} s2`);
}
