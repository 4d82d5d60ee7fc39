import { type SystemAnswer, systemSeries } from '../../functions/contract/system.ts';
import { sparkPath } from '../view/spark-path.ts';
import { formatFigure } from '../view/system-text.ts';
import { Card } from './card.tsx';

const spark = { width: 160, height: 36 };
const spanMs = 3 * 3_600_000;

/** What the pipeline measures of itself: the last minute's figure, and three hours of it. */
export function SystemFigures({ system: { at, series } }: { system: SystemAnswer }) {
  return (
    <Card title="What it measures" note="by the minute, three hours" className="figures-card">
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
                  role="img"
                  aria-label={`at most ${formatFigure(highest, unit)}`}
                >
                  <path d={sparkPath(points, { from: at - spanMs, to: at, ...spark })} />
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
