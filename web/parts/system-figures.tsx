import { type SystemAnswer, systemSeries } from '../../functions/contract/system.ts';
import { sparkPath, sparkSpan } from '../view/spark-path.ts';
import { formatFigure } from '../view/system-text.ts';
import { formatInstant } from '../view/time-format.ts';
import { Card } from './card.tsx';

const spark = { width: 160, height: 36 };

/** What the pipeline measures of itself: the last minute's figure, and up to three hours of it. */
export function SystemFigures({ system: { at, series }, zone }: { system: SystemAnswer; zone: string }) {
  const span = sparkSpan(
    series.map(({ points }) => points),
    at,
  );
  return (
    <Card
      title="What it measures"
      note={span.isYoung ? `by the minute, since ${formatInstant(span.from, zone)}` : 'by the minute, three hours'}
      className="figures-card"
    >
      <dl>
        {series.map(({ name, points }) => {
          const { title, unit } = systemSeries[name];
          const last = points.at(-1);
          const highest = points.reduce((max, [, value]) => Math.max(max, value), 0);
          return (
            <div key={name} data-testid={`figure-${name}`}>
              <dt>{title}</dt>
              <dd className="figure-now">{last ? formatFigure(last[1], unit) : '–'}</dd>
              <dd className="figure-line">
                <svg
                  viewBox={`-2 -2 ${spark.width + 4} ${spark.height + 4}`}
                  preserveAspectRatio="none"
                  role="img"
                  aria-label={`at most ${formatFigure(highest, unit)}`}
                >
                  <path d={sparkPath(points, { ...span, ...spark })} />
                </svg>
                <span className="figure-note">
                  {points.length > 0 ? `at most ${formatFigure(highest, unit)}` : 'nothing yet'}
                </span>
              </dd>
            </div>
          );
        })}
      </dl>
    </Card>
  );
}
