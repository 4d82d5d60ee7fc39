import { describe, expect, it } from 'vitest';
import { csvText } from '../../../functions/contract/csv.ts';

describe('CSV', () => {
  it('quotes what would break a row', () => {
    expect(
      csvText([
        ['a', 'b,c'],
        ['say "hi"', 'two\nlines'],
        [1.5, null],
      ]),
    ).toBe('a,"b,c"\r\n"say ""hi""","two\nlines"\r\n1.5,\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\0=1', '＝1+1', '＋1', '－1', '＠SUM(A1)'])(
    'lets no spreadsheet run %j',
    (text) => {
      expect(csvText([[text]]).replaceAll('"', '')).toBe(`'${text}\r\n`);
    },
  );

  it('leaves numbers below zero what they are', () => {
    expect(csvText([[-5, 'a-b', "it's", '', true, 'ü']])).toBe("-5,a-b,it's,,true,ü\r\n");
  });
});
