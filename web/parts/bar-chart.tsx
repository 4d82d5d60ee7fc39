import type { ChartColumn } from './chart-column.ts';
import { type ChartAxis, ChartFrame } from './chart-frame.tsx';

interface Props {
  points: readonly ChartColumn[];
  unit: string;
  labelEvery: number;
  /** Of the plot, in px. */
  height: number;
  loading: boolean;
  axis?: ChartAxis;
}

export function BarChart({ points, unit, labelEvery, height: plotHeight, loading, axis }: Props) {
  return (
    <ChartFrame
      points={points}
      unit={unit}
      labelEvery={labelEvery}
      height={plotHeight}
      loading={loading}
      {...(axis ? { axis } : {})}
    >
      {({ xOf, yOf, columnWidth, height }, hovered) =>
        points.map(({ label, value, isOpen, isBefore }, index) => {
          const width = Math.max(1, columnWidth * 0.68);
          const barHeight = value > 0 ? Math.max(2, height - yOf(value)) : 0;
          const state = `${isOpen ? 'is-open' : ''} ${isBefore ? 'is-before' : ''} ${hovered === index ? 'is-hovered' : ''}`;
          return (
            <rect
              key={label}
              className={`chart-bar ${state}`}
              x={xOf(index) + (columnWidth - width) / 2}
              y={height - barHeight}
              width={width}
              height={barHeight}
              rx={Math.min(3, width / 2, barHeight / 2)}
            />
          );
        })
      }
    </ChartFrame>
  );
}
