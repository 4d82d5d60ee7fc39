/**
 * The batch numbers of a load that have been counted, as text: ranges such as `0-c,e` (base 36), so that a load of a thousand
 * batches takes four characters while nothing is missing.
 */

/**
 * A snippet holds at most 32 unsettled numbers, so a further gap is a number that it has given up: the lowest gap is then
 * closed, which keeps the text bounded whatever is sent, and can only ever leave out, never count twice.
 */
const rangesMax = 33;
/** Numbers have up to 11 digits when somebody makes them up: bounded by characters, too. */
const charactersMax = 400;

type Range = [from: number, to: number];

export function hasSeen(seen: string, n: number): boolean {
  return rangesOf(seen).some(([from, to]) => from <= n && n <= to);
}

export function addSeen(seen: string, n: number): string {
  const ranges = rangesOf(seen);
  const at = ranges.findIndex(([from]) => from > n);
  ranges.splice(at < 0 ? ranges.length : at, 0, [n, n]);
  let joined = joinTouching(ranges);
  let text = textOf(joined);
  while (joined.length > 1 && (joined.length > rangesMax || text.length > charactersMax)) {
    joined = closeLowestGap(joined);
    text = textOf(joined);
  }
  return text;
}

function joinTouching(ranges: Range[]): Range[] {
  const joined: Range[] = [];
  for (const [from, to] of ranges) {
    const last = joined.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function closeLowestGap([first, second, ...rest]: Range[]): Range[] {
  return first && second ? [[first[0], second[1]], ...rest] : [];
}

/** Inverse: `textOf`. */
function rangesOf(seen: string): Range[] {
  if (seen === '') return [];
  return seen.split(',').map((part) => {
    const [from = '', to = from] = part.split('-');
    return [Number.parseInt(from, 36), Number.parseInt(to, 36)];
  });
}
function textOf(ranges: Range[]): string {
  return ranges
    .map(([from, to]) => (from === to ? from.toString(36) : `${from.toString(36)}-${to.toString(36)}`))
    .join();
}
