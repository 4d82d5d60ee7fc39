import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Cell } from '../../../../functions/contract/csv.ts';
import { fileFormats } from '../../../../functions/contract/export-file.ts';
import { dispositionOf, fileHeaders, fileName, fileTexts } from '../../../../functions/query/export/file.ts';
import { readCsv } from '../../contract/csv-reader.ts';

const columns = ['at', 'label', 'value'];
const range = { from: Date.parse('2026-11-22T23:00Z'), to: Date.parse('2026-11-24T23:00Z'), zone: 'Europe/Berlin' };
const partsOf = (rows: Record<string, Cell>[], next: string | null = null, about: string[] = []) => ({
  site: 'shop',
  what: 'pages',
  columns,
  exported: { range, rows, next, about },
});

const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '"', ',', '\r', '\n', "'", 'ü', '漢', ' ') }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const rowsArbitrary = fc.array(fc.record({ at: cell, label: cell, value: cell }, { requiredKeys: [] }), {
  maxLength: 8,
});

/** What begins like a formula is behind an apostrophe, and nothing else is changed. */
function cellAsRead(cell: Cell): string {
  if (typeof cell === 'string' && /^[=+\-@\t\r\n\0＝＋－＠]/.test(cell)) return `'${cell}`;
  return cell === null ? '' : String(cell);
}

it('reads back as what was written, in every form', () => {
  fc.assert(
    fc.property(rowsArbitrary, (rows: Record<string, Cell>[]) => {
      const [csv, json, ndjson] = fileFormats.map((format) => [...fileTexts({ ...partsOf(rows), format })].join(''));
      const whole = rows.map((row) => columns.map((name) => row[name] ?? null));
      const objects = whole.map((cells) => Object.fromEntries(columns.map((name, index) => [name, cells[index]])));
      expect(JSON.parse(json ?? '')).toEqual({ what: 'pages', ...range, rows: objects, next: null });
      expect(
        (ndjson ?? '')
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line)),
      ).toEqual(objects);
      const cells = whole.map((row) => row.map(cellAsRead));
      expect(readCsv(csv ?? '')).toEqual([columns, ...cells]);
    }),
    { numRuns: 500, seed: 7 },
  );
});

it('is named after its site, what it is of and the days of the site', () => {
  expect(fileName({ ...partsOf([]), format: 'csv' })).toBe('shop-pages-2026-11-23-2026-11-24.csv');
  const about = ['/shop/für uns', 'mobile'];
  expect(fileName({ ...partsOf([], null, about), format: 'ndjson' })).toBe(
    'shop-pages-shop-für-uns-mobile-2026-11-23-2026-11-24.ndjson',
  );
  const parts = partsOf([]);
  const empty = { ...parts.exported, range: { ...range, to: range.from } };
  expect(fileName({ ...parts, exported: empty, format: 'json' })).toBe('shop-pages-2026-11-23.json');
});

it('has a name that a header can carry, whatever its letters', () => {
  expect(dispositionOf('shop-pages.csv')).toBe('attachment; filename="shop-pages.csv"');
  expect(dispositionOf('für.csv')).toBe(`attachment; filename="f_r.csv"; filename*=UTF-8''f%C3%BCr.csv`);
});

it('tells the range, and where it goes on', () => {
  expect(fileHeaders({ ...partsOf([], 'abc'), format: 'csv' })).toEqual({
    'content-disposition': 'attachment; filename="shop-pages-2026-11-23-2026-11-24.csv"',
    'x-sitepulse-range': '2026-11-22T23:00:00.000Z/2026-11-24T23:00:00.000Z',
    'x-sitepulse-next': 'abc',
  });
});
