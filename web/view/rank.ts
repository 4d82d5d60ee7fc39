/** One row of a top list. */
export interface RankRow {
  id: string;
  label: string;
  /** A second line, or what a tooltip says. */
  detail: string;
  count: number;
  visitors: number;
}

export interface Ranking {
  rows: RankRow[];
  /** Of all rows, those that are not shown included. */
  total: number;
  hidden: number;
}

/** The `limit` largest, by count and then by name, so that equal rows don't swap places while one looks. */
export function rank(rows: readonly RankRow[], limit: number): Ranking {
  const sorted = rows
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
  return {
    rows: sorted.slice(0, limit),
    total: sorted.reduce((sum, { count }) => sum + count, 0),
    hidden: Math.max(0, sorted.length - limit),
  };
}
