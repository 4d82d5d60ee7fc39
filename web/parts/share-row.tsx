import { formatCount, formatShare, formatWhole } from '../view/number-format.ts';
import type { RankRow } from '../view/rank.ts';

interface Props {
  row: RankRow;
  /** Of the longest bar, 0..1. */
  share: number;
  /** What the percentage is of; 0: none is shown. */
  total: number;
  href?: string;
}

export function ShareRow({ row, share, total, href }: Props) {
  const label = row.detail ? `${row.label}: ${row.detail}` : row.label;
  return (
    <li className="share-row" title={label}>
      <span className="share-bar" style={{ transform: `scaleX(${share.toFixed(3)})` }} aria-hidden="true" />
      <span className="share-label">{href ? <a href={href}>{row.label}</a> : row.label}</span>
      <span className="share-count" title={formatWhole(row.count)}>
        {formatCount(row.count)}
      </span>
      {total > 0 && <span className="share-part">{formatShare(row.count, total)}</span>}
    </li>
  );
}
