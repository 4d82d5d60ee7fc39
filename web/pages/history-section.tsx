import type { ReactNode } from 'react';
import type { BreakdownAnswer, PagesAnswer } from '../../functions/contract/answer.ts';
import { Notice } from '../parts/notice.tsx';
import { TrafficSection } from '../parts/traffic-section.tsx';
import type { Session } from '../session.ts';
import { useAnswer } from '../use-live.ts';
import type { Markers } from '../use-markers.ts';
import { chartMarks } from '../view/chart-marks.ts';
import { type DateRange, dateRangeLabel, spanOf } from '../view/date-range.ts';
import { addTotals, noTotals, pointTotals } from '../view/period-totals.ts';
import type { RankRow } from '../view/rank.ts';
import { shownDimensions } from '../view/shown-dimensions.ts';
import { formatDay } from '../view/time-format.ts';
import { valueLabel } from '../view/value-label.ts';

interface Props {
  session: Session;
  zone: string;
  range: DateRange;
  onRange: (range: DateRange) => void;
  markers: Markers;
  action: ReactNode;
}

const refreshEveryMs = 60_000;

/** Days past, from the API: asked for again each minute. */
export function HistorySection({ session, zone, range, onRange, markers, action }: Props) {
  const { value, error, loading } = useAnswer(
    `history ${range}`,
    () => loadHistory(session, range, zone),
    refreshEveryMs,
  );
  if (error && !value) {
    return (
      <Notice title={`The last ${dateRangeLabel[range]} could not be loaded`} tone="error">
        <p>{error.message}</p>
        <button type="button" className="button" onClick={() => onRange('today')}>
          Back to today
        </button>
      </Notice>
    );
  }
  const points = value?.points ?? [];
  const marks = chartMarks(
    points.map(({ at }) => at),
    markers.rows,
  );
  return (
    <TrafficSection
      title={`Last ${dateRangeLabel[range]}`}
      note={error ? `not refreshed: ${error.message}` : 'today included, refreshed each minute'}
      chartTitle="Page views by day"
      totals={value?.totals ?? null}
      visitorsNote="daily visitors, summed"
      points={points.map((point, index) => ({ ...point, marks: marks[index] ?? [] }))}
      pages={value?.pages ?? []}
      breakdowns={value?.breakdowns ?? new Map()}
      loading={loading}
      range={range}
      onRange={onRange}
      markers={markers}
      zone={zone}
      action={action}
    />
  );
}

async function loadHistory(session: Session, range: DateRange, zone: string) {
  const span = spanOf(range, Date.now(), zone);
  const [series, pages, ...breakdowns] = await Promise.all([
    session.api.series(span, 'day'),
    session.api.pages(span),
    ...shownDimensions.map(({ dimension }) => session.api.breakdown(span, dimension)),
  ]);
  return {
    totals: series.points.map(pointTotals).reduce(addTotals, noTotals),
    points: series.points.map(({ at, pageViews, visitors }, index) => ({
      at,
      label: formatDay(at, zone),
      value: pageViews,
      second: visitors,
      isOpen: index === series.points.length - 1,
    })),
    pages: pages.rows.map(pageRow),
    breakdowns: new Map(breakdowns.map((answer) => [answer.dimension, breakdownRows(answer)])),
  };
}

function pageRow({ path, title, pageViews, visitors }: PagesAnswer['rows'][number]): RankRow {
  return { id: path, label: path, detail: title, count: pageViews, visitors };
}

function breakdownRows({ dimension, rows }: BreakdownAnswer): RankRow[] {
  return rows.map(({ value, pageViews, count, visitors }) => ({
    id: value,
    label: valueLabel(dimension, value),
    detail: '',
    count: pageViews ?? count ?? 0,
    visitors,
  }));
}
