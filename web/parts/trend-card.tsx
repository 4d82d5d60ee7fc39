import { formatDay } from '../view/time-format.ts';
import { type Trend, trendMax } from '../view/trends.ts';
import { BarChart } from './bar-chart.tsx';
import { Card } from './card.tsx';

interface Props {
  trend: Trend;
  zone: string;
  /** The day that is not over yet, by its start. */
  today: number;
}

/** One measure: what it is now, what it was before, day by day, and whether that is more than chance. */
export function TrendCard({ trend, zone, today }: Props) {
  const { measure, points, now, before, sentence } = trend;
  const { name, title, format, of } = measure;
  const text = (value: number | null) => (value === null ? '–' : format(value));
  return (
    <Card title={title} className="trend-card">
      <p className="trend-figures">
        <strong data-testid={`trend-${name}`}>{text(now)}</strong>{' '}
        <span className="quiet">
          {before === null ? 'nothing to compare with' : `${text(before)} in the days before`}
        </span>
      </p>
      <BarChart
        points={points.map(({ at, value, isBefore }) => ({
          label: formatDay(at, zone),
          value: value ?? 0,
          text: value === null ? `no ${of}s` : format(value),
          isOpen: at === today,
          isBefore,
        }))}
        unit={title.toLowerCase()}
        labelEvery={Math.max(1, Math.ceil(points.length / 4))}
        height={84}
        loading={false}
        axis={{ max: trendMax(trend), format }}
      />
      <p className="trend-sentence" data-testid={`sentence-${name}`}>
        {sentence}
      </p>
    </Card>
  );
}
