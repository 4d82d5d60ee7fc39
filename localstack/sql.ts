/**
 * `npm run sql -- "select …"`: SQL over the archive, by DuckDB on this machine. Views: `events` (one row an event), `records` (one
 * row a batch), `archive` (one row a line, repeats and all). `--site` narrows it; `--json` and `--csv` change how rows are written.
 * What was received in the last seconds may not be archived yet. `--stack` and AWS_ENDPOINT_URL say of which installation
 * (`operated.ts`).
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { s3ArchiveStore } from '../functions/archive/archive-store.s3.ts';
import { csvText } from '../functions/contract/csv.ts';
import { operatedOptions, type Which, withOperated } from './operated.ts';
import { progressLine } from './progress-line.ts';
import { copyArchive } from './sql/local-copy.ts';
import { cellText, querySql, type SqlAnswer, tableText } from './sql/query.ts';

const example =
  "select path, count(*) as views from events where kind = 'view' group by path order by views desc limit 10";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { ...operatedOptions, json: { type: 'boolean' }, csv: { type: 'boolean' } },
    allowPositionals: true,
  });
  const sql = positionals.join(' ').trim();
  if (sql === '') throw new Error(`Give a query, such as\n  npm run sql -- "${example}"`);
  const folder = join(import.meta.dirname, '..', '.sitepulse', 'sql');
  const objects = await fetchArchive(folder, values);
  if (objects === 0)
    throw new Error('The archive holds nothing yet: it is written some seconds after the first events.');
  const answer = await querySql(folder, sql);
  process.stdout.write(values.csv ? csvOf(answer) : `${values.json ? jsonText(answer) : tableText(answer)}\n`);
}

async function fetchArchive(folder: string, { site, stack }: Which): Promise<number> {
  const line = progressLine();
  return withOperated({ stack }, ({ clients, names }) =>
    copyArchive(s3ArchiveStore(clients.s3, names.archiveBucket), folder, site, line.show),
  ).finally(line.clear);
}

/** One object a line. */
function jsonText({ columns, rows }: SqlAnswer): string {
  return rows
    .map((row) => JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, row[index]]))))
    .join('\n');
}
function csvOf({ columns, rows }: SqlAnswer): string {
  const cell = (value: SqlAnswer['rows'][number][number]) => (typeof value === 'number' ? value : cellText(value));
  return csvText([columns, ...rows.map((row) => row.map(cell))]);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
