import type { ReactNode } from 'react';
import { TrafficSection } from '../parts/traffic-section.tsx';
import type { Markers } from '../use-markers.ts';
import { chartMarks } from '../view/chart-marks.ts';
import type { DateRange } from '../view/date-range.ts';
import type { LiveView } from '../view/live-view.ts';
import { formatMinute } from '../view/time-format.ts';

interface Props {
  view: LiveView;
  loading: boolean;
  zone: string;
  range: DateRange;
  onRange: (range: DateRange) => void;
  markers: Markers;
  action: ReactNode;
}

/** Today, from live totals: it moves as they come. */
export function TodaySection({ view, loading, zone, range, onRange, markers, action }: Props) {
  // A connection that comes back has figures to show meanwhile.
  const isUnknown = loading && view.today.pageViews === 0;
  const marks = chartMarks(
    view.hours.map(({ at }) => at),
    markers.rows,
  );
  const points = view.hours.map(({ at, pageViews, visitors }, index) => ({
    label: formatMinute(at, zone),
    value: pageViews,
    second: visitors,
    isOpen: index === view.hours.length - 1,
    marks: marks[index] ?? [],
  }));
  return (
    <TrafficSection
      title="Today"
      note={`since midnight, ${zone.replaceAll('_', ' ')}`}
      chartTitle="Page views by hour"
      totals={isUnknown ? null : view.today}
      visitorsNote="unique today"
      points={isUnknown ? [] : points}
      pages={view.pages}
      breakdowns={view.breakdowns}
      loading={loading}
      range={range}
      onRange={onRange}
      markers={markers}
      zone={zone}
      action={action}
    />
  );
}
