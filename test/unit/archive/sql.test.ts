import { mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveBatch } from '../../../functions/archive/archive-batch.ts';
import { memoryArchiveStore } from '../../../functions/archive/archive-store.memory.ts';
import { kind } from '../../../functions/contract/event.ts';
import { encodeRecord } from '../../../functions/stream/record.ts';
import { copyArchive } from '../../../localstack/sql/local-copy.ts';
import { querySql, tableText } from '../../../localstack/sql/query.ts';
import { elementOf, pageOf, recordOf, view } from '../aggregate/given.ts';

const folder = mkdtempSync(join(tmpdir(), 'archive-sql-'));
const archive = memoryArchiveStore();
const at = Date.parse('2026-11-23T09:59:59.000Z');
const copy = () => copyArchive(archive, folder, undefined, () => undefined);
const ask = (sql: string) => querySql(folder, sql);

beforeAll(async () => {
  const records = [
    recordOf({ receivedAt: at, n: 0, events: [view(500)] }),
    recordOf({
      receivedAt: at + 2_000,
      n: 1,
      pages: [pageOf('/'), pageOf("/it's", { title: 'It “is”\n' })],
      elements: [elementOf('#buy', { page: 1, label: 'Buy' })],
      events: [view(0, 1), [kind.click, 40, 0, 2048, 2048, 0]],
    }),
    // The browser tried again, and then it came by another visitor and was put back for the owner.
    recordOf({ receivedAt: at + 3_000, n: 0, visitor: '00000000000000bb', events: [view(3_500)] }),
    recordOf({ receivedAt: at + 3_000, n: 0, events: [view(3_500)] }),
    recordOf({ receivedAt: at, site: 'shop', load: '00000000000000c1', events: [view()] }),
  ];
  const stream = records.map((record, index) => ({
    sequenceNumber: String(100 + index),
    data: encodeRecord(record),
    arrivedAt: at + index,
  }));
  const batch = { generation: 0, shardId: 'shardId-000000000000' };
  await archiveBatch({ ...batch, records: stream }, archive);
  await archiveBatch({ ...batch, records: stream.slice(1, 3) }, archive);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the local copy', () => {
  it('holds every object once it is made, fetches none a second time, and lets go of what expired', async () => {
    await archive.put(
      'events/site=demo/date=2025-01-01/hour=00/shardId-000000000000-1-1.ndjson.gz',
      Buffer.from(''),
      '',
    );
    expect(await copy()).toBe(archive.objects.size);
    const [key = ''] = archive.objects.keys();
    utimesSync(join(folder, key), 1, 1);
    archive.objects.delete('events/site=demo/date=2025-01-01/hour=00/shardId-000000000000-1-1.ndjson.gz');
    expect(await copy()).toBe(archive.objects.size);
    expect(statSync(join(folder, key)).mtimeMs).toBe(1_000);
    expect((await ask('select count(*) from archive')).rows).toEqual([[7]]);
  });
});

describe('SQL over the archive', () => {
  it('has each batch once, under the visitor who owns its load', async () => {
    const { columns, rows } = await ask('select site, visitor, n, hour from records order by site, n');
    expect(columns).toEqual(['site', 'visitor', 'n', 'hour']);
    expect(rows).toEqual([
      ['demo', '00000000000000aa', 0, '10'],
      ['demo', '00000000000000aa', 1, '10'],
      ['shop', '00000000000000aa', 0, '09'],
    ]);
  });

  it('has each event once, with its time, page and element', async () => {
    const { rows } = await ask(
      "select happened_at, kind, path, element_key, element_label, browser from events where site = 'demo' order by happened_at, nth",
    );
    expect(rows).toEqual([
      ['2026-11-23 09:59:58.5', 'view', '/', null, null, 'Firefox'],
      ['2026-11-23 10:00:00.96', 'click', "/it's", '#buy', 'Buy', 'Firefox'],
      ['2026-11-23 10:00:01', 'view', "/it's", null, null, 'Firefox'],
    ]);
  });

  it('says what is wrong with a query', async () => {
    await expect(ask('select nothing from events')).rejects.toThrow(/nothing/);
  });

  it('is written as a table that lines up', async () => {
    expect(
      tableText(
        await ask("select path, count(*) as views from events where kind = 'view' group by path order by path"),
      ),
    ).toBe(['path   views', '─────  ─────', '/          2', "/it's      1"].join('\n'));
  });
});
