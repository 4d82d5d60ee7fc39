/** What a cell may hold. Null is an empty one. */
export type Cell = string | number | boolean | null;

/**
 * With what a text begins that a spreadsheet would run instead of show, full-width forms included.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const formulaStarts = '=+-@\t\r\n\0＝＋－＠';

/**
 * Rows as CSV (RFC 4180: CRLF, quotes doubled). Every export goes through here: a text that begins like a formula gets an
 * apostrophe before it, because labels come from pages that anybody may have written.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = cell !== '' && formulaStarts.includes(cell.charAt(0)) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
