import { parseVisitorState } from '../aggregate/visitor-state-text.ts';
import type { VisitorStore } from '../store/visitor-store.ts';

/** Receipt of a visitor's newest record, as their state knows it, ms since the epoch; 0 where there is no state that tells. */
export async function lastSign(site: string, visitor: string, visitors: Pick<VisitorStore, 'load'>): Promise<number> {
  const stored = (await visitors.load(site, [visitor], 0)).get(visitor);
  if (!stored) return 0;
  try {
    return parseVisitorState(stored.state).newest;
  } catch {
    // A state that can't be read was set aside with its records (`bad-state`): the archive tells when they came.
    return 0;
  }
}
