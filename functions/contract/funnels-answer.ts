/** What `GET /v1/sites/{site}/funnels` answers: how often the site's goals were reached, and how far its sessions came in its funnels. */
import type { AnswerRange } from './answer.ts';
import type { Target } from './goal.ts';

export interface FunnelsAnswer extends AnswerRange {
  /** Sessions that began in the range: what every rate is of. */
  sessions: number;
  /** What a point of a goal's series is: an hour where the range is two days at most. */
  unit: 'hour' | 'day';
  /** In the order of the settings. */
  goals: GoalFigures[];
  funnels: FunnelFigures[];
}

export interface GoalFigures extends Target {
  id: string;
  name: string;
  /** Since when it is counted, ms since the epoch; null: for as long as anything is. */
  since: number | null;
  /** How often it was reached, each time. */
  conversions: number;
  /** Sessions that have reached it. */
  sessions: number;
  /** Those, as a share of all sessions: 0..1. */
  rate: number;
  /** Without gaps, oldest first. */
  points: { at: number; conversions: number }[];
}

export interface FunnelFigures {
  id: string;
  name: string;
  since: number | null;
  steps: FunnelStep[];
}

export interface FunnelStep extends Target {
  /** What it is called: what it is reached by. */
  name: string;
  /** Sessions that have reached it, and all steps before it in order. */
  sessions: number;
  /** Of the sessions that have reached the first step: 0..1. */
  share: number;
  /** Sessions that have reached the step before, and not this one; 0 at the first. */
  dropped: number;
}
