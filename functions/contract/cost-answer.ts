import type { BilledUnit, Service } from './price.ts';

export interface CostAnswerLine {
  service: Service;
  unit: BilledUnit;
  /** What a unit is, in AWS's words. */
  what: string;
  quantity: number;
  usd: number;
  /** Counted as it happened; else it follows from what was counted, by measured unit costs. */
  isCounted: boolean;
}

/** What `GET /v1/sites/{site}/cost` answers. US dollars at list prices. */
export interface CostAnswer {
  /** YYYY-MM, in UTC as AWS bills. */
  month: string;
  /** ms since the epoch. */
  from: number;
  to: number;
  asOf: number;
  /** What the site's traffic has cost this month. */
  usd: number;
  /** What it will have cost at the month's end, if it goes on as until now. */
  forecastUsd: number;
  /** What the site's owner allows for a month; null: no budget. */
  budgetUsd: number | null;
  /** Per cent of page loads of which pointer movement is kept now; `isLowered`: fewer than the owner chose, as the budget is spent. */
  movesKeptPercent: number;
  isLowered: boolean;
  /** Of events that were accepted; null: there were none. */
  usdPerMillionEvents: number | null;
  events: number;
  pageViews: number;
  /** Dearest first. */
  services: { service: Service; usd: number }[];
  lines: CostAnswerLine[];
  /** What stands whether anybody comes or not, of the whole installation with all its sites. */
  installation: { usd: number; forecastUsd: number; shards: number; lines: CostAnswerLine[] };
  prices: { date: string; region: string };
  /** YYYY-MM-DD: when the unit costs were measured. */
  measuredAt: string;
}
