import { expect, it } from 'vitest';
import { filePartsMax, wholeFile } from '../../../web/live/file-answer.ts';

const answer = (text: string, type: string, headers: Record<string, string> = {}) =>
  new Response(text, { headers: { 'content-type': type, ...headers } });

it.each([
  [`attachment; filename="shop-pages.csv"`, 'shop-pages.csv'],
  [`attachment; filename="f_r.ndjson"; filename*=UTF-8''f%C3%BCr.ndjson`, 'für.ndjson'],
  ['attachment', 'export'],
])('is named as %s says', async (disposition, name) => {
  const file = await wholeFile(async () => answer('a', 'text/csv', { 'content-disposition': disposition }));
  expect(file).toMatchObject({ name, isWhole: true });
});

it('is marked as UTF-8 for spreadsheets, and only for them', async () => {
  const bytesOf = async (type: string) => {
    const { content } = await wholeFile(async () => answer('ü', type));
    return Buffer.from(await content.arrayBuffer()).toString('hex');
  };
  expect(await bytesOf('text/csv; charset=utf-8; header=present')).toBe('efbbbfc3bc');
  expect(await bytesOf('application/json; charset=utf-8')).toBe('c3bc');
});

/** The parts `texts`, each of which leads to the next by its number; `endless`: the last one to itself. */
async function joined(type: string, texts: string[], endless = false) {
  const asked: (string | null)[] = [];
  const file = await wholeFile(async (cursor) => {
    asked.push(cursor);
    const at = Number(cursor ?? 0);
    const next =
      at + 1 < texts.length
        ? { 'x-sitepulse-next': String(at + 1) }
        : endless
          ? { 'x-sitepulse-next': String(at) }
          : {};
    return answer(texts[at] ?? '', type, next);
  });
  return { asked, isWhole: file.isWhole, text: (await file.content.text()).replace('\uFEFF', '') };
}

it('is one file of all its parts: one head, one list', async () => {
  expect(await joined('text/csv', ['a,b\r\n1,"x\r\ny"\r\n', 'a,b\r\n2,\r\n', 'a,b\r\n'])).toEqual({
    asked: [null, '1', '2'],
    isWhole: true,
    text: 'a,b\r\n1,"x\r\ny"\r\n2,\r\n',
  });
  expect((await joined('application/x-ndjson', ['{"a":1}\n', '{"a":2}\n'])).text).toBe('{"a":1}\n{"a":2}\n');
  const parts = [
    { what: 'x', rows: [1], next: '1' },
    { what: 'x', rows: [2], next: null },
  ].map((part) => JSON.stringify(part));
  expect(JSON.parse((await joined('application/json', parts)).text)).toEqual({ what: 'x', rows: [1, 2], next: null });
});

it('ends somewhere, and says that it is not all', async () => {
  const { asked, isWhole } = await joined('text/csv', ['a\r\n1\r\n'], true);
  expect([asked.length, isWhole]).toEqual([filePartsMax, false]);
});
