/** Rows as a file: its text, its type, its name. Pure. */
import { type Cell, csvText } from '../../contract/csv.ts';
import { exportName, type FileFormat } from '../../contract/export-file.ts';
import { localDay } from '../../contract/time-unit.ts';
import { type Exported, instantText } from './source.ts';

export const fileTypes: Record<FileFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

interface FileParts {
  site: string;
  what: string;
  format: FileFormat;
  /** Names, in order. */
  columns: readonly string[];
  exported: Exported;
}

/** Row by row, since it may be too long. Each has every column. JSON also says what the rows are; CSV begins with the names (RFC 4180). */
export function* fileTexts({ what, format, columns, exported }: FileParts): Generator<string> {
  const { range, rows, next } = exported;
  const cellsOf = (row: Partial<Record<string, Cell>>) => columns.map((name) => row[name] ?? null);
  if (format === 'csv') {
    yield csvText([columns]);
    for (const row of rows) yield csvText([cellsOf(row)]);
    return;
  }
  const rowText = (row: Partial<Record<string, Cell>>) =>
    JSON.stringify(Object.fromEntries(cellsOf(row).map((cell, index) => [columns[index], cell])));
  if (format === 'ndjson') {
    for (const row of rows) yield `${rowText(row)}\n`;
    return;
  }
  yield `${JSON.stringify({ what, ...range }).slice(0, -1)},"rows":[`;
  for (const [index, row] of rows.entries()) yield `${index === 0 ? '' : ','}${rowText(row)}`;
  yield `],"next":${JSON.stringify(next)}}`;
}

/** `shop-pages-2026-11-01-2026-11-30.csv`: the site, what it is, and the first and last day of the site that it is about. */
export function fileName({ site, what, format, exported }: FileParts): string {
  const { range, about } = exported;
  const days = [range.from, Math.max(range.from, range.to - 1)].map((at) => localDay(at, range.zone));
  return exportName([site, what, ...about, ...new Set(days)], format);
}

/** A name of any letters in a header of ASCII (RFC 6266, RFC 8187). */
export function dispositionOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_');
  return `attachment; filename="${plain}"${plain === name ? '' : `; filename*=UTF-8''${encodeURIComponent(name)}`}`;
}

/** What a file’s reader is told beside it, of the range and of what follows. */
export function fileHeaders(parts: FileParts): Record<string, string> {
  const { range, next } = parts.exported;
  return {
    'content-disposition': dispositionOf(fileName(parts)),
    'x-sitepulse-range': `${instantText(range.from)}/${instantText(range.to)}`,
    ...(next === null ? {} : { 'x-sitepulse-next': next }),
  };
}
