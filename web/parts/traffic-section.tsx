import type { ReactNode } from 'react';
import { formatRoute } from '../route.ts';
import type { Markers } from '../use-markers.ts';
import { type DateRange, dateRangeLabel, dateRanges } from '../view/date-range.ts';
import type { PeriodTotals } from '../view/period-totals.ts';
import type { RankRow } from '../view/rank.ts';
import { shownDimensions } from '../view/shown-dimensions.ts';
import { AreaChart } from './area-chart.tsx';
import { Card } from './card.tsx';
import type { ChartColumn } from './chart-column.ts';
import { MarkerList } from './marker-list.tsx';
import { Segmented } from './segmented.tsx';
import { StatStrip } from './stat-strip.tsx';
import { TopList } from './top-list.tsx';

interface Props {
  title: string;
  note: string;
  chartTitle: string;
  /** Null: not known yet. */
  totals: PeriodTotals | null;
  visitorsNote: string;
  points: ChartColumn[];
  pages: readonly RankRow[];
  breakdowns: ReadonlyMap<string, RankRow[]>;
  loading: boolean;
  range: DateRange;
  onRange: (range: DateRange) => void;
  markers: Markers;
  zone: string;
  /** Beside the period. */
  action: ReactNode;
}

/** The figures of one period, from wherever they come. */
export function TrafficSection(props: Props) {
  const { title, note, chartTitle, totals, visitorsNote, points, pages, breakdowns, loading, range, onRange } = props;
  return (
    <section className="traffic" aria-label={title}>
      <header className="traffic-head">
        <h2>{title}</h2>
        <p className="card-note">{note}</p>
        <Segmented label="Period" options={dateRanges} labels={dateRangeLabel} value={range} onChange={onRange} />
        {props.action}
      </header>
      <Card title={chartTitle} className="period-card" note={<ChartKey />}>
        <StatStrip totals={totals} visitorsNote={visitorsNote} />
        <AreaChart points={points} unit="page views" secondUnit="visitors" loading={loading} />
        <MarkerList markers={props.markers} zone={props.zone} />
      </Card>
      <div className="lists">
        <TopList
          title="Top pages"
          measure="page views"
          rows={pages}
          limit={10}
          loading={loading}
          className="pages-list"
          hrefOf={({ id }) =>
            formatRoute({ page: 'heatmap', path: id, device: 'desktop', layer: 'click', scaleEnd: null, range })
          }
        />
        {shownDimensions.map(({ dimension, title: name, measure }) => (
          <TopList
            key={dimension}
            title={name}
            measure={measure}
            rows={breakdowns.get(dimension) ?? []}
            limit={dimension === 'referrer' ? 10 : 5}
            loading={loading}
            className={`${dimension}-list`}
          />
        ))}
      </div>
    </section>
  );
}

function ChartKey() {
  return (
    <>
      <span className="chart-key">page views</span>
      <span className="chart-key chart-key-second">visitors</span>
    </>
  );
}
