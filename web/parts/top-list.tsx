import { formatWhole } from '../view/number-format.ts';
import { type RankRow, rank } from '../view/rank.ts';
import { Card } from './card.tsx';
import { ShareRow } from './share-row.tsx';

interface Props {
  title: string;
  measure: string;
  rows: readonly RankRow[];
  limit: number;
  loading: boolean;
  className?: string;
  hrefOf?: (row: RankRow) => string;
}

/** The largest values, each with a bar: long against the largest, its percentage of them all. */
export function TopList({ title, measure, rows, limit, loading, className = '', hrefOf }: Props) {
  const ranking = rank(rows, limit);
  const largest = ranking.rows[0]?.count ?? 1;
  return (
    <Card title={title} note={measure} className={`top-list ${className}`}>
      <ol className="share-list">
        {ranking.rows.map((row) => (
          <ShareRow
            key={row.id}
            row={row}
            share={row.count / largest}
            total={ranking.total}
            {...(hrefOf ? { href: hrefOf(row) } : {})}
          />
        ))}
      </ol>
      {ranking.rows.length === 0 && <p className="quiet">{loading ? 'Loading …' : 'Nothing yet.'}</p>}
      {ranking.hidden > 0 && <p className="quiet">and {formatWhole(ranking.hidden)} more</p>}
    </Card>
  );
}
