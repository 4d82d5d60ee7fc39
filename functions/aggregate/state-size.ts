import { stateBytesMax, type VisitorState } from './visitor-state.ts';
import { formatVisitorState } from './visitor-state-text.ts';

/**
 * Whether a state is over its bound. Each of its parts has a bound of its own; all of them at once, with numbers as large as somebody may
 * make them up, would be more than an item is to hold.
 */
export function isTooLarge(state: VisitorState): boolean {
  // Written out only where it might be: few visitors have much of anything.
  return bytesAtMost(state) > stateBytesMax && formatVisitorState(state).length > stateBytesMax;
}

/** No more than so many bytes, by how much there is of what. */
function bytesAtMost({ session, loads, hours, days, trail }: VisitorState): number {
  const { goals = [], funnels = [], hits = [] } = session ?? {};
  const seen = loads.reduce((sum, load) => sum + load.seen.length, 0);
  const ids = days.reduce((sum, day) => sum + day.ids.length, 0);
  const ofSession = 300 + goals.length * 8 + funnels.length * 9 + hits.length * (40 + 3 * funnels.length);
  return 100 + ofSession + loads.length * 130 + seen + hours.length * 20 + days.length * 25 + ids + trail.length * 110;
}
