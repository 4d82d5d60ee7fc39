import { DuckDBInstance, DuckDBTypeId, type Json } from '@duckdb/node-api';
import { viewsOver } from './views.ts';

export interface SqlAnswer {
  columns: string[];
  /** As JSON has them: times and numbers of more than 53 bits are texts. */
  rows: Json[][];
}

/** Runs SQL over a local copy of the archive, without network. @throws Error as DuckDB tells it. */
export async function querySql(folder: string, sql: string): Promise<SqlAnswer> {
  const instance = await DuckDBInstance.create(':memory:', {
    // All that is needed is built in; nothing is to be fetched.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    threads: '2',
  });
  try {
    const connection = await instance.connect();
    for (const view of viewsOver(folder)) await connection.run(view);
    const answer = await connection.runAndReadAll(sql);
    const isWhole = answer.columnTypes().map(({ typeId }) => wholeTypes.includes(typeId));
    const rows = answer
      .getRowsJson()
      .map((row) => row.map((value, column) => (isWhole[column] ? numberOf(value) : value)));
    return { columns: answer.columnNames(), rows };
  } finally {
    instance.closeSync();
  }
}

/** Counts and sums are wide in DuckDB, and nearly always small. */
const wholeTypes = [DuckDBTypeId.BIGINT, DuckDBTypeId.UBIGINT, DuckDBTypeId.HUGEINT];

function numberOf(value: Json): Json {
  const number = Number(value);
  return typeof value === 'string' && Number.isSafeInteger(number) ? number : value;
}

/** A cell as a person reads it. */
export function cellText(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Columns padded to their widest value, numbers to the right. */
export function tableText({ columns, rows: values }: SqlAnswer): string {
  const rows = values.map((row) => row.map(cellText));
  const widths = columns.map((name, index) => Math.max(name.length, ...rows.map((row) => (row[index] ?? '').length)));
  const numeric = columns.map((_, index) => rows.every((row) => /^-?[\d.]*$/.test(row[index] ?? '')));
  const line = (cells: string[]) =>
    cells
      .map((cell, index) => (numeric[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(columns), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
