/** From what was counted in a month to what it costs. Pure: the route reads, this reckons. */
import { billOf, bytesPerGb, observed, type Use } from './bill.ts';
import { type Bill, costByService, costLines, costOf } from './cost.ts';
import type { CostAnswer, CostAnswerLine } from './cost-answer.ts';
import { type BilledUnit, priceDate, priceRegion, prices } from './price.ts';
import { dayMs, hourMs } from './time-unit.ts';
import { unitCosts } from './unit-costs.ts';
import { addUsage, type Usage } from './usage.ts';

export interface MonthOfUse {
  /** YYYY-MM. */
  month: string;
  /** Of the month, UTC dates. */
  days: readonly { date: string; usage: Usage }[];
  pageViews: number;
  shards: number;
  now: number;
}

/** What is counted where it happens (`usage.ts`); the rest follows from it. */
const countedUnits: readonly BilledUnit[] = ['httpRequests', 'putUnits', 'writeUnits', 'readUnits', 'lambdaRequests'];
/** What an installation costs without any traffic. */
const standingUnits: readonly BilledUnit[] = ['shardHours', 'metricMonths', 'alarmMonths', 'dashboardMonths'];
/** A dashboard is sent a message each 1 to 5 s, and says something itself each 5 s and each minute. */
const messagesPerMinute = 24;
const ownMessagesPerMinute = 13;

export function monthStart(month: string): number {
  return Date.parse(`${month}-01T00:00:00Z`);
}
export function monthAfter(month: string): string {
  return new Date(monthStart(month) + 32 * dayMs).toISOString().slice(0, 7);
}

type Reckoned = Omit<CostAnswer, 'budgetUsd' | 'movesKeptPercent' | 'isLowered'>;

export function costOfMonth({ month, days, pageViews, shards, now }: MonthOfUse): Reckoned {
  const from = monthStart(month);
  const to = monthStart(monthAfter(month));
  const asOf = Math.min(now, to);
  const used = days.reduce((sum, { usage }) => addUsage(sum, usage), {} as Usage);
  const hours = Math.max(1, (asOf - from) / hourMs);
  const bill = billOf(tallied(used, hours), { shards, ...storedBy(used, pageViews), ...observed });
  const traffic = part(bill, (unit) => !standingUnits.includes(unit));
  const standing = part(bill, (unit) => standingUnits.includes(unit));
  const usd = costOf(traffic);
  const events = used.events ?? 0;
  // A site that began in the middle of the month has had no more time than since then.
  const began = Date.parse(`${days[0]?.date ?? `${month}-01`}T00:00:00Z`);
  return {
    month,
    from,
    to,
    asOf,
    usd,
    forecastUsd: usd * ((to - began) / Math.max(hourMs, asOf - began)),
    usdPerMillionEvents: events > 0 ? (usd / events) * 1_000_000 : null,
    events,
    pageViews,
    services: costByService(traffic),
    lines: answerLines(traffic),
    installation: {
      usd: costOf(standing),
      forecastUsd: costOf(standing) * ((to - from) / Math.max(hourMs, asOf - from)),
      shards,
      lines: answerLines(standing),
    },
    prices: { date: priceDate, region: priceRegion },
    measuredAt: unitCosts.measuredAt,
  };
}

function tallied(used: Usage, hours: number): Use {
  const pushed = used.messages ?? 0;
  const socketMinutes = pushed / messagesPerMinute;
  return {
    hours,
    requests: used.requests ?? 0,
    records: used.records ?? 0,
    // A record is about as long as its request, and seldom over the 25 KB of a unit.
    putUnits: used.records ?? 0,
    streamBytes: used.requestBytes ?? 0,
    batches: used.batches ?? 0,
    // Most items are of one unit.
    updates: used.writeUnits ?? 0,
    writeUnits: used.writeUnits ?? 0,
    readUnits: used.readUnits ?? 0,
    queries: used.queries ?? 0,
    messages: pushed + socketMinutes * ownMessagesPerMinute,
    socketMinutes,
  };
}

/** What the month itself has added; what earlier ones left is on their bills. */
function storedBy({ records = 0 }: Usage, pageViews: number): { tableGb: number; archiveGb: number } {
  const [quiet] = unitCosts.scenarios;
  return {
    tableGb: (pageViews * (quiet?.perView.storedBytes ?? 0)) / bytesPerGb,
    archiveGb: (records * unitCosts.archive.bytesPerRecord) / bytesPerGb,
  };
}

function part(bill: Bill, has: (unit: BilledUnit) => boolean): Bill {
  return Object.fromEntries(Object.entries(bill).filter(([unit]) => has(unit as BilledUnit)));
}

function answerLines(bill: Bill): CostAnswerLine[] {
  return costLines(bill).map((line) => ({
    ...line,
    what: prices[line.unit].unit,
    isCounted: countedUnits.includes(line.unit),
  }));
}
