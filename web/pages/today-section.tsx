import { TrafficSection } from '../parts/traffic-section.tsx';
import type { DateRange } from '../view/date-range.ts';
import type { LiveView } from '../view/live-view.ts';
import { formatMinute } from '../view/time-format.ts';

interface Props {
  view: LiveView;
  loading: boolean;
  zone: string;
  range: DateRange;
  onRange: (range: DateRange) => void;
}

/** Today, from live totals: it moves as they come. */
export function TodaySection({ view, loading, zone, range, onRange }: Props) {
  const points = view.hours.map(({ at, pageViews, visitors }, index) => ({
    label: formatMinute(at, zone),
    value: pageViews,
    second: visitors,
    isOpen: index === view.hours.length - 1,
  }));
  return (
    <TrafficSection
      title="Today"
      note={`since midnight, ${zone.replaceAll('_', ' ')}`}
      chartTitle="Page views by hour"
      totals={view.today}
      visitorsNote="unique today"
      points={points}
      pages={view.pages}
      breakdowns={view.breakdowns}
      loading={loading}
      range={range}
      onRange={onRange}
    />
  );
}
