import type { ChartColumn } from './chart-column.ts';
import { ChartFrame, type ChartGeometry } from './chart-frame.tsx';

interface Props {
  points: readonly ChartColumn[];
  unit: string;
  secondUnit: string;
  loading: boolean;
}

/** The first value as an area, the second as a line in front of it. Points stand in the middle of their columns. */
export function AreaChart({ points, unit, secondUnit, loading }: Props) {
  const labelEvery = Math.max(1, Math.ceil(points.length / 8));
  return (
    <ChartFrame
      points={points}
      unit={unit}
      secondUnit={secondUnit}
      labelEvery={labelEvery}
      height={168}
      loading={loading}
    >
      {(geometry, hovered) => {
        const main = places(points, geometry, ({ value }) => value);
        const second = places(points, geometry, ({ second: value = 0 }) => value);
        const first = main[0];
        const last = main.at(-1);
        if (!first || !last) return null;
        const area = `M${first.x} ${geometry.height} L${pathOf(main)} L${last.x} ${geometry.height} Z`;
        return (
          <>
            {points.length > 1 && <path className="chart-area" d={area} />}
            {points.length > 1 && <path className="chart-line" d={`M${pathOf(main)}`} />}
            {points.length > 1 && <path className="chart-line-second" d={`M${pathOf(second)}`} />}
            {main.map(({ x, y }, index) =>
              index === hovered || index === main.length - 1 ? (
                <circle key={x} className="chart-dot" cx={x} cy={y} r={4} />
              ) : null,
            )}
          </>
        );
      }}
    </ChartFrame>
  );
}

function places(
  points: readonly ChartColumn[],
  { xOf, yOf, columnWidth }: ChartGeometry,
  numberOf: (point: ChartColumn) => number,
): { x: number; y: number }[] {
  return points.map((point, index) => ({ x: xOf(index) + columnWidth / 2, y: yOf(numberOf(point)) }));
}

function pathOf(places: readonly { x: number; y: number }[]): string {
  return places.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(' L');
}
