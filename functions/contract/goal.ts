/**
 * Goals and funnels: what a site's owner wants visitors to reach. They are part of the site's versioned configuration, so what a record
 * reaches is told by the record and the version that it names.
 *
 * An id is a hash of what is to be reached: a goal that is renamed stays the same, one that is to be reached by something else counts
 * anew, and of one that is removed and comes back the old counts are still there.
 */
import { kind, type PulseEvent } from './event.ts';
import { nameId } from './name-id.ts';
import { isPathLike } from './path-pattern.ts';

export const targetKinds = ['page', 'event', 'outbound', 'download'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** Something that an event may reach. */
export interface Target {
  what: TargetKind;
  /**
   * A page's path as it counts, or a pattern of paths (`/product/:id`, `/docs/*`); a custom event's name; the address that a link leads
   * to or that is downloaded, without query. An address that ends in `*` means all that begin like it.
   */
  match: string;
}
export interface Goal extends Target {
  name: string;
}
export interface Funnel {
  name: string;
  /** In the order in which a session must reach them. */
  steps: Target[];
}

export const goalsMax = 20;
export const funnelsMax = 10;
export const funnelStepsMin = 2;
export const funnelStepsMax = 8;
export const goalNameLengthMax = 60;

export function goalId({ what, match }: Target): string {
  return nameId(`${what} ${match}`);
}
export function funnelId({ steps }: Pick<Funnel, 'steps'>): string {
  return nameId(steps.map(({ what, match }) => `${what} ${match}`).join('\n'));
}

/** Of all goals and funnels of a configuration. */
export function goalIds({ goals = [], funnels = [] }: { goals?: Goal[]; funnels?: Funnel[] }): string[] {
  return [...goals.map(goalId), ...funnels.map(funnelId)];
}

/** Whether an event reaches a target. `path`: of its page. */
export function isReachedBy({ what, match }: Target, event: PulseEvent, path: string): boolean {
  switch (event[0]) {
    case kind.view:
      return what === 'page' && isPathLike(path, match);
    case kind.custom:
      return what === 'event' && event[3] === match;
    case kind.outbound:
      return what === 'outbound' && isAddressLike(event[3], match);
    case kind.download:
      return what === 'download' && isAddressLike(event[3], match);
    default:
      return false;
  }
}

function isAddressLike(address: string, match: string): boolean {
  return match.endsWith('*') ? address.startsWith(match.slice(0, -1)) : address === match;
}
