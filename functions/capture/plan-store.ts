import type { Attempt } from './due-captures.ts';
import type { ViewedPage } from './viewed-pages.ts';

/** What the planner remembers of a site. Lost, it costs pictures that were there already, within the day's budget. */
export interface CapturePlan {
  /** The site's local day that `begun` and `earlier` are of. */
  day: string;
  /** Pictures begun on `day`. */
  begun: number;
  /** The most viewed pages of the days before `day`: read once a day. */
  earlier: ViewedPage[];
  /** By `attemptName`. */
  attempts: Record<string, Attempt>;
}

export interface PlanStore {
  get(site: string): Promise<CapturePlan | null>;
  /** Replaces it. */
  put(site: string, plan: CapturePlan): Promise<void>;
}

export function planKey(site: string): string {
  return `plans/${site}.json`;
}
