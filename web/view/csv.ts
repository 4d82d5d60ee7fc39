/** What a spreadsheet would run instead of show. */
const startsFormula = /^[=+\-@\t\r]/;

/**
 * Rows as CSV (RFC 4180: CRLF, quotes doubled). Every export goes through here: a text that begins like a formula gets an
 * apostrophe before it, because labels come from pages that anybody may have written. Null is an empty cell.
 */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = startsFormula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
