/** All that the live page shows, from the items at hand and `asOf`; no clock of its own. */
import { activeAt } from '../../functions/contract/active.ts';
import {
  pageName,
  pageText,
  parseSmallName,
  smallDimensions,
  valueDimension,
  valueName,
  valueText,
} from '../../functions/contract/counter.ts';
import { localDay } from '../../functions/contract/time-unit.ts';
import type { LiveItem } from '../live/merge.ts';
import { hourChart } from './hour-chart.ts';
import { type ChartPoint, minuteChart } from './minute-chart.ts';
import { addTotals, hourTotals, noTotals, type PeriodTotals } from './period-totals.ts';
import { type Ranking, type RankRow, rank } from './rank.ts';
import { valueLabel } from './value-label.ts';

export interface LiveView {
  /** Sessions with a page visible now. */
  active: number;
  /** Visible loads by page. */
  activePages: Ranking;
  minutes: ChartPoint[];
  /** Since the site's midnight. */
  today: PeriodTotals;
  /** Today's hours up to that of `asOf`, oldest first. */
  hours: ChartPoint[];
  pages: RankRow[];
  /** By dimension: `country`, `referrer` … */
  breakdowns: Map<string, RankRow[]>;
}

export const activePagesShown = 6;

export function liveView(items: Iterable<LiveItem>, asOf: number, zone: string): LiveView {
  const all = [...items];
  const day = localDay(asOf, zone);
  const ofDay = (kind: string) => all.filter(({ pk }) => pk.endsWith(`|${kind}|${day}`));
  const hours = ofDay('hour');
  const { active, pages } = activeAt(all, asOf);
  return {
    active,
    activePages: rank(activeRows(pages, all), activePagesShown),
    minutes: minuteChart(all, asOf),
    today: hours.reduce((sum, { counters }) => addTotals(sum, hourTotals(counters)), noTotals),
    hours: hourChart(hours, asOf, zone),
    pages: ofDay('page').map(pageRow),
    breakdowns: new Map([...smallBreakdowns(hours), ...openBreakdowns(ofDay('value'))]),
  };
}

function pageRow({ sk, counters, texts }: LiveItem): RankRow {
  const path = texts[pageText.path] ?? sk;
  return {
    id: path,
    label: path,
    detail: texts[pageText.title] ?? '',
    count: counters[pageName.pageViews] ?? 0,
    visitors: counters[pageName.visitors] ?? 0,
  };
}

/** Paths come from the page items; yesterday's too, for a page that was opened before midnight. */
function activeRows(pages: ReadonlyMap<string, number>, items: readonly LiveItem[]): RankRow[] {
  const byId = new Map<string, LiveItem>();
  for (const item of items) if (item.pk.includes('|page|')) byId.set(item.sk, item);
  return [...pages].map(([pageId, count]) => {
    const item = byId.get(pageId);
    const row = item ? pageRow(item) : { id: pageId, label: '…', detail: '' };
    return { ...row, count, visitors: 0 };
  });
}

function smallBreakdowns(hours: readonly LiveItem[]): Map<string, RankRow[]> {
  const rows = new Map<string, Map<string, RankRow>>(smallDimensions.map((dimension) => [dimension, new Map()]));
  for (const { counters } of hours) {
    for (const [name, value] of Object.entries(counters)) {
      const parsed = parseSmallName(name);
      if (!parsed) continue;
      const row = rowOf(rows, parsed.dimension, parsed.value);
      if (parsed.measure === 'p') row.count += value;
      else row.visitors += value;
    }
  }
  return new Map([...rows].map(([dimension, byValue]) => [dimension, [...byValue.values()]]));
}

function openBreakdowns(values: readonly LiveItem[]): Map<string, RankRow[]> {
  const rows = new Map<string, Map<string, RankRow>>();
  for (const { sk, counters, texts } of values) {
    const row = rowOf(rows, valueDimension(sk), texts[valueText.value] ?? '');
    row.count += counters[valueName.pageViews] ?? counters[valueName.count] ?? 0;
    row.visitors += counters[valueName.visitors] ?? 0;
  }
  return new Map([...rows].map(([dimension, byValue]) => [dimension, [...byValue.values()]]));
}

function rowOf(rows: Map<string, Map<string, RankRow>>, dimension: string, value: string): RankRow {
  const byValue = rows.get(dimension) ?? new Map<string, RankRow>();
  rows.set(dimension, byValue);
  const row = byValue.get(value) ?? {
    id: value,
    label: valueLabel(dimension, value),
    detail: '',
    count: 0,
    visitors: 0,
  };
  byValue.set(value, row);
  return row;
}
