import type { AnswerRange } from './answer.ts';

/** One local day's counts. What is null is not counted for the site as a whole, for a single page, or for a day so long ago. */
export interface TrendDay {
  /** Start of the day, ms since the epoch. */
  at: number;
  pageViews: number;
  engagedMs: number;
  /** Views that had something below 50 or 90 % of the page's height on screen. */
  reachedHalf: number;
  reachedEnd: number;
  rage: number;
  dead: number;
  /** Null before the first day of the answer on which the site's were counted. */
  hesitations: number | null;
  /** Of the whole site. */
  sessions: number | null;
  bounces: number | null;
  /** Of the sessions that began on the day, summed. */
  durationMs: number | null;
  /** Of one page. */
  entries: number | null;
  exits: number | null;
}

export interface TrendsAnswer extends AnswerRange {
  /** Null: the whole site. */
  path: string | null;
  /** As many days up to `from`, cut at what is still kept; empty where nothing is. */
  before: { from: number; to: number };
  /** Of both ranges, oldest first, without gaps. */
  days: TrendDay[];
  /** False when rage, dead clicks and hesitations of the page may be more: a day had more elements than are counted one by one. */
  complete: boolean;
}
