import { type ReactNode, useRef, useState } from 'react';
import { useWidth } from '../use-live.ts';
import { labelledColumns, niceMax } from '../view/chart-scale.ts';
import { formatCount, formatWhole } from '../view/number-format.ts';
import type { ChartColumn } from './chart-column.ts';

export interface ChartGeometry {
  width: number;
  height: number;
  /** Left edge and width of a column. */
  xOf(index: number): number;
  columnWidth: number;
  yOf(value: number): number;
}

export interface ChartAxis {
  max: number;
  format(value: number): string;
}

interface Props {
  points: readonly ChartColumn[];
  unit: string;
  secondUnit?: string;
  labelEvery: number;
  /** Of the plot, in px. */
  height: number;
  loading: boolean;
  /** Where the axis ends and how it is lettered, where it does not count whole things. */
  axis?: ChartAxis;
  children: (geometry: ChartGeometry, hovered: number | null) => ReactNode;
}

const axisHeight = 22;
const axisWidth = 40;
/** Of durations and the like. */
const wideAxisWidth = 56;
/** A label below the columns, and the room beside it. */
const labelWidth = 56;

/** Axes, the column under the pointer, and a table with the same numbers for those who don't see the picture. */
export function ChartFrame({ points, unit, secondUnit, labelEvery, height, loading, axis, children }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const width = useWidth(ref);
  const [hovered, setHovered] = useState<number | null>(null);
  const max = axis?.max ?? niceMax(Math.max(0, ...points.map(({ value, second = 0 }) => Math.max(value, second))));
  const format = axis?.format ?? formatCount;
  const plotWidth = Math.max(0, width - (axis ? wideAxisWidth : axisWidth));
  const columnWidth = plotWidth / Math.max(1, points.length);
  const geometry: ChartGeometry = {
    width: plotWidth,
    height,
    columnWidth,
    xOf: (index) => index * columnWidth,
    yOf: (value) => height - (value / max) * height,
  };
  const point = hovered === null ? undefined : points[hovered];
  // Every second or third one, where they would touch.
  const labelled = labelEvery * Math.max(1, Math.ceil(labelWidth / (columnWidth * labelEvery)));
  const isEmpty = points.every(({ value }) => value === 0);
  return (
    <div className={`chart ${loading ? 'is-loading' : ''}`} ref={ref} style={{ minHeight: height + axisHeight + 8 }}>
      {width > 0 && (
        <svg
          width={width}
          height={height + axisHeight + 8}
          aria-hidden="true"
          onPointerLeave={() => setHovered(null)}
          onPointerMove={(event) => {
            const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
            const index = Math.floor(x / columnWidth);
            setHovered(index >= 0 && index < points.length ? index : null);
          }}
        >
          <g transform="translate(0 8)">
            {[0, 0.5, 1].map((share) => (
              <g key={share} className="chart-grid">
                <line x1={0} x2={plotWidth} y1={geometry.yOf(max * share)} y2={geometry.yOf(max * share)} />
                <text x={width} y={geometry.yOf(max * share) + 4} textAnchor="end">
                  {format(max * share)}
                </text>
              </g>
            ))}
            {hovered !== null && (
              <rect className="chart-hover" x={geometry.xOf(hovered)} width={columnWidth} y={0} height={height} />
            )}
            {children(geometry, hovered)}
            {points.map(({ label, marks = [] }, index) =>
              marks.length > 0 ? <Mark key={label} x={geometry.xOf(index) + columnWidth / 2} height={height} /> : null,
            )}
            {labelledColumns(points.length, labelled).map((index) => (
              <text
                key={index}
                className="chart-label"
                x={Math.min(plotWidth - 16, Math.max(16, geometry.xOf(index) + columnWidth / 2))}
                y={height + axisHeight - 4}
                textAnchor="middle"
              >
                {points[index]?.label}
              </text>
            ))}
          </g>
        </svg>
      )}
      {point && hovered !== null && (
        <p className="chart-tip" style={{ left: tipLeft(geometry.xOf(hovered) + columnWidth / 2, plotWidth) }}>
          <span>
            {point.label}
            {point.isOpen ? ', so far' : ''}
          </span>
          <strong>{point.text ?? formatWhole(point.value)}</strong> {point.text === undefined && unit}
          {secondUnit && (
            <>
              <br />
              <strong>{formatWhole(point.second ?? 0)}</strong> {secondUnit}
            </>
          )}
          {point.marks?.map((mark) => (
            <span key={mark} className="chart-mark-text">
              ⚑ {mark}
            </span>
          ))}
        </p>
      )}
      {isEmpty && <p className="chart-empty quiet">{loading ? 'Loading …' : `No ${unit} in this time.`}</p>}
      <ChartTable points={points} unit={unit} {...(secondUnit ? { secondUnit } : {})} />
    </div>
  );
}

/** A flag where something happened. */
function Mark({ x, height }: { x: number; height: number }) {
  return (
    <g className="chart-mark">
      <line x1={x} x2={x} y1={-6} y2={height} />
      <path d={`M${x} -7 h9 l-2.5 3.5 l2.5 3.5 h-9 Z`} />
    </g>
  );
}

function tipLeft(middle: number, width: number): number {
  return Math.min(width - 70, Math.max(70, middle));
}

function ChartTable({
  points,
  unit,
  secondUnit,
}: {
  points: readonly ChartColumn[];
  unit: string;
  secondUnit?: string;
}) {
  const hasMarks = points.some(({ marks = [] }) => marks.length > 0);
  return (
    <div className="visually-hidden">
      <table>
        <caption>{unit} over time</caption>
        <thead>
          <tr>
            <th scope="col">time</th>
            <th scope="col">{unit}</th>
            {secondUnit && <th scope="col">{secondUnit}</th>}
            {hasMarks && <th scope="col">markers</th>}
          </tr>
        </thead>
        <tbody>
          {points.map(({ label, value, text, second, marks = [] }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{text ?? value}</td>
              {secondUnit && <td>{second ?? 0}</td>}
              {hasMarks && <td>{marks.join(', ')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
