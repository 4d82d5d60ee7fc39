import { otherValue } from '../contract/counter.ts';

/** Rows by name, added up. What a measure is called is the caller's. */
export type Tally<M extends string> = Map<string, Record<M, number>>;

export function addTo<M extends string>(tally: Tally<M>, name: string, sums: Record<M, number>): void {
  const row = tally.get(name);
  if (!row) {
    tally.set(name, { ...sums });
    return;
  }
  for (const measure of Object.keys(sums) as M[]) row[measure] += sums[measure];
}

/**
 * The first `limit` rows by `measure`, most first and then by name; `other` sums the rest and what the site's bound left
 * without a name. So rows and `other` together are always everything.
 */
export function ranked<M extends string>(
  tally: Tally<M>,
  measure: NoInfer<M>,
  limit: number,
  zero: Record<M, number>,
): { rows: [name: string, sums: Record<M, number>][]; other: Record<M, number> } {
  const named = [...tally].filter(([name]) => name !== otherValue);
  named.sort(([nameA, a], [nameB, b]) => b[measure] - a[measure] || (nameA < nameB ? -1 : 1));
  const rest: Tally<M> = new Map([[otherValue, { ...zero }]]);
  const unnamed = tally.get(otherValue);
  if (unnamed) addTo(rest, otherValue, unnamed);
  for (const [, sums] of named.slice(limit)) addTo(rest, otherValue, sums);
  return { rows: named.slice(0, limit), other: rest.get(otherValue) ?? zero };
}
