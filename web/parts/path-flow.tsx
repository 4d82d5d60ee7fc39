import type { CSSProperties } from 'react';
import type { PagePaths } from '../../functions/contract/transitions-answer.ts';
import { formatCount, formatShare, formatWhole } from '../view/number-format.ts';
import {
  afterRows,
  beforeRows,
  type FlowRow,
  flowHeight,
  type Ribbon,
  ribbons,
  ribbonWidth,
} from '../view/path-flow.ts';

interface Props {
  page: PagePaths;
  /** The address of another page's paths. */
  hrefOf: (path: string) => string;
}

/** The page in the middle; on its left what its views came from, on its right what followed. A neighbour leads to its own paths. */
export function PathFlow({ page, hrefOf }: Props) {
  const before = beforeRows(page);
  const after = afterRows(page);
  const size = flowHeight(before, after);
  return (
    <div className="path-flow" data-testid="path-flow" style={heights(size)}>
      <FlowSide title="Came from" side="before" rows={before} hrefOf={hrefOf} />
      <Ribbons shapes={ribbons(before, size)} height={size.height} />
      <div className="path-middle">
        <div className="path-page">
          <strong title={page.path}>{page.path}</strong>
          <span className="path-views" data-testid="path-views" title={formatWhole(page.pageViews)}>
            {formatCount(page.pageViews)}
          </span>
          <span className="quiet">{page.pageViews === 1 ? 'view' : 'views'}</span>
        </div>
      </div>
      <Ribbons shapes={ribbons(after, size)} height={size.height} isMirrored />
      <FlowSide title="Went to" side="after" rows={after} hrefOf={hrefOf} />
    </div>
  );
}

/** The styles lay the rows and the page out by the drawing's sizes. */
function heights({ height, page }: ReturnType<typeof flowHeight>): CSSProperties {
  return { '--flow-height': `${height}px`, '--page-height': `${page}px` } as CSSProperties;
}

function Ribbons({ shapes, height, isMirrored = false }: { shapes: Ribbon[]; height: number; isMirrored?: boolean }) {
  return (
    <svg
      className={`path-ribbons ${isMirrored ? 'is-mirrored' : ''}`}
      viewBox={`0 0 ${ribbonWidth} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {shapes.map(({ id, kind, d }) => (
        <path key={id} d={d} className={`ribbon-${kind}`} />
      ))}
    </svg>
  );
}

interface SideProps {
  title: string;
  side: 'before' | 'after';
  rows: readonly FlowRow[];
  hrefOf: Props['hrefOf'];
}

function FlowSide({ title, side, rows, hrefOf }: SideProps) {
  return (
    <section className={`path-side path-${side}`} aria-label={title} data-testid={`path-${side}`}>
      <h3>{title}</h3>
      <ol>
        {rows.map((row) => (
          <li key={row.id} className={`path-row path-row-${row.kind}`} data-row={row.id} data-count={row.count}>
            <span
              className="path-bar"
              style={{ transform: `scaleX(${Math.min(1, row.share).toFixed(3)})` }}
              aria-hidden="true"
            />
            <span className="path-label" title={row.label}>
              {row.path === null ? row.label : <a href={hrefOf(row.path)}>{row.label}</a>}
              {row.kind === 'link' && <small>link out</small>}
            </span>
            <span className="path-count" title={formatWhole(row.count)}>
              {formatCount(row.count)}
            </span>
            <span className="path-share">{formatShare(row.share, 1)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
