import { formatCount, formatDuration, formatShare, formatWhole } from '../view/number-format.ts';
import { noTotals, type PeriodTotals } from '../view/period-totals.ts';

interface Props {
  /** Null: not known yet. */
  totals: PeriodTotals | null;
  /** What visitors count as over this period. */
  visitorsNote: string;
}

export function StatStrip({ totals, visitorsNote }: Props) {
  const { pageViews, visitors, sessions, bounces, engagedMs, durationMs } = totals ?? noTotals;
  const perSession = sessions > 0 ? (pageViews / sessions).toFixed(1) : '–';
  const counted = (count: number) => (totals ? formatCount(count) : '–');
  return (
    <dl className="stat-strip">
      <Stat
        name="Page views"
        value={counted(pageViews)}
        title={formatWhole(pageViews)}
        note={`${perSession} a session`}
      />
      <Stat name="Visitors" value={counted(visitors)} title={formatWhole(visitors)} note={visitorsNote} />
      <Stat
        name="Sessions"
        value={counted(sessions)}
        title={`${formatWhole(sessions)}, each without a gap over 30 min`}
        note={`${sessions > 0 ? formatDuration(durationMs / sessions) : '–'} on average`}
      />
      <Stat
        name="Bounce rate"
        value={formatShare(bounces, sessions)}
        title={`${formatWhole(bounces)} of ${formatWhole(sessions)}`}
        note="one page view only"
      />
      <Stat
        name="Engaged"
        value={sessions > 0 ? formatDuration(engagedMs / sessions) : '–'}
        title={`${formatDuration(engagedMs)} in all`}
        note="active time a session"
      />
    </dl>
  );
}

function Stat({ name, value, title, note }: { name: string; value: string; title: string; note: string }) {
  return (
    <div className="stat">
      <dt>{name}</dt>
      <dd title={title} data-testid={`stat-${name.toLowerCase().replaceAll(' ', '-')}`}>
        {value}
      </dd>
      <dd className="stat-note">{note}</dd>
    </div>
  );
}
