import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { ErasureAnswer, ErasuresAnswer } from '../../../functions/contract/erasure.ts';
import { hourMs } from '../../../functions/contract/time-unit.ts';
import { partitionKeyOf } from '../../../functions/stream/partition-key.ts';
import { encodeRecord } from '../../../functions/stream/record.ts';
import { rebuildPorts } from '../../../localstack/rebuild/local-ports.dynamo.ts';
import { rebuild } from '../../../localstack/rebuild/rebuild.ts';
import { putRecord } from '../../../localstack/redrive/put-record.kinesis.ts';
import { elementOf, recordOf, view } from '../../unit/aggregate/given.ts';
import { newBatch } from '../batch.ts';
import { type Kept, tracesIn } from '../privacy/find-traces.ts';
import { eventually } from '../product.ts';
import { readTable } from '../tables.ts';
import { ErasureStage } from './stage.ts';

let stage: ErasureStage;
beforeAll(async () => {
  stage = await ErasureStage.open();
});
afterAll(async () => {
  await stage?.close();
});

/** The visitor who is erased, and what nobody else sent. */
const hers = { loads: [newBatch().l, newBatch().l] as const, visitor: '', token: '', words: 'words of hers alone' };
const tracesOfHer = (kept: Kept[]) => tracesIn(kept, [...hers.loads, hers.visitor, hers.token, hers.words]);
/** The site that is deleted. */
const shop = { site: '', writeKey: '', apiKey: '' };
/** Another visitor, who stays. */
const theirs = newBatch().l;
let other = '';
let counted: unknown[];
/** Of the demo site, whose they are, but hers. */
let sessions: string[];

const failedOf = (kept: Kept[], site: string) =>
  kept.filter(({ text }) => text.includes(`"failed/site=${site}/`)).length;
/** `table Visitors`, `stream`, `file data/s3` … */
const placesOf = (traces: string[]) =>
  new Set(traces.map((trace) => /^(table \w+|log|stream|file \w+(?:[\\/]s3)?)/.exec(trace)?.[0] ?? trace));

describe('three days ago', () => {
  it('visitors come to two sites, and one leaves records behind that can’t be counted', async () => {
    const made = await stage.asOwner<{ site: string }>('POST', '/v1/sites', {
      name: 'Corner shop',
      zone: 'UTC',
      origins: [new URL(stage.product.urls.demoUrl).origin],
    });
    expect(made.status).toBe(201);
    shop.site = made.json.site;
    const of = `/v1/sites/${shop.site}`;
    const { rows } = (await stage.asOwner<{ rows: { id: string }[] }>('GET', `${of}/write-keys`)).json;
    shop.writeKey = rows[0]?.id ?? '';
    const wish = { label: 'Build server', scope: 'read' };
    shop.apiKey = (await stage.asOwner<{ secret: string }>('POST', `${of}/keys`, wish)).json.secret;

    for (const l of hers.loads) {
      const answer = await stage.visit(150, { l });
      hers.token = ((await answer.json()) as { token: string }).token;
    }
    for (const k of ['demo', shop.writeKey]) {
      expect((await stage.visit(151, { k, l: theirs })).status).toBe(202);
      expect((await stage.visit(152, { k })).status).toBe(202);
    }
    const ownerOf = (load: string) => eventually(() => stage.ownerOf(load), Boolean);
    hers.visitor = (await ownerOf(hers.loads[1])) ?? '';
    other = (await ownerOf(theirs)) ?? '';
    expect(hers.visitor).toMatch(/^[0-9a-f]{16}$/);
    expect(other).not.toBe(hers.visitor);

    // Of versions of the configuration that do not exist, and cut off.
    const uncounted = {
      receivedAt: stage.now(),
      config: 9,
      events: [view()],
      elements: [elementOf('#a', { label: hers.words })],
    };
    const bad = recordOf({ ...uncounted, visitor: hers.visitor, load: hers.loads[0] });
    const records = [bad, { ...bad, visitor: other, load: newBatch().l, elements: [] }, { ...bad, site: shop.site }];
    await stage.withClients(async ({ kinesis }) => {
      const put = putRecord(kinesis, stage.names.streamName);
      for (const record of records) await put(encodeRecord(record), partitionKeyOf(record));
      await put(Buffer.from(`{"v":1,"site":"demo","visitor":"${hers.visitor}","cut off`), partitionKeyOf(bad));
    });
    const picture = () => stage.asOwner('POST', `${of}/captures`, { path: '/', device: 'desktop' });
    await eventually(picture, ({ status }) => status === 202);

    // Counted, archived, and set aside.
    await eventually(
      () => stage.audit(),
      ({ unarchived, refolded }) => unarchived === 0 && refolded.records >= 4,
      40_000,
    );
    const kept = await eventually(
      () => stage.kept(),
      (all) => failedOf(all, 'demo') === 2 && failedOf(all, 'unknown') === 1 && failedOf(all, shop.site) === 1,
    );
    // The search finds her wherever she is, in what could not be decoded, too.
    expect(placesOf(tracesOfHer(kept))).toEqual(
      new Set(['table Counters', 'table Visitors', 'stream', 'file data/s3']),
    );
    const undecoded = kept.filter(({ text }) => text.includes('"failed/site=unknown/'));
    expect(tracesIn(undecoded, [hers.visitor])).toHaveLength(1);
    const { differences, counters } = await stage.audit();
    expect(differences).toEqual([]);
    expect(counters).toBeGreaterThan(10);
    counted = await stage.counted();
    sessions = (await stage.sessions()).map(({ visitor }) => visitor).filter((visitor) => visitor !== hers.visitor);
    expect(sessions).toHaveLength(2);
  });

  it('an owner alone may have her erased, and it waits for as long as she may come back', async () => {
    const session = (await stage.sessions()).find(({ visitor }) => visitor === hers.visitor)?.id;
    const asked = await stage.asOwner<ErasureAnswer>('POST', '/v1/sites/demo/erasures', { session });
    expect(asked).toMatchObject({ status: 202, json: { day: stage.day, state: 'waiting' } });
    // And once more as a visitor would have it, who knows of no session.
    const wish = { day: stage.day, load: hers.loads[0] };
    const byKey = { method: 'POST', body: JSON.stringify(wish) };
    expect((await stage.product.call('/v1/sites/demo/erasures', byKey)).status).toBe(403);
    const { page } = stage.owner;
    await page.goto(`${stage.product.urls.dashboardUrl}?site=demo#/settings/erasure`);
    await page.getByText('Waits: ').waitFor();
    await page.getByLabel('Day', { exact: true }).fill(wish.day);
    await page.getByLabel('Load', { exact: true }).fill(wish.load);
    await page.getByRole('button', { name: 'Erase the visitor’s day' }).click();
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText('Waits: ').nth(1).waitFor();
    await stage.run('forget');
    const waiting = await erasures();
    expect(waiting).toHaveLength(2);
    for (const { state, why, at } of waiting) {
      expect([state, why]).toEqual(['waiting', expect.stringContaining('49 hours')]);
      expect(at).toBeGreaterThan(stage.now() + 48 * hourMs);
    }
    expect(tracesOfHer(await stage.kept())).not.toEqual([]);
  });

  it('a site that its owner deletes is out of reach at once, and what is there of it goes', async () => {
    const { page } = stage.owner;
    const isPictureThere = (kept: Kept[]) => kept.some(({ text }) => text.includes(`captures/${shop.site}/`));
    await eventually(() => stage.kept(), isPictureThere, 40_000);
    const socket = await socketOf(shop.site);
    await page.goto(`${stage.product.urls.dashboardUrl}?site=${shop.site}#/settings/delete`);
    await page.getByLabel('To go on').waitFor();
    const said = (await page.locator('.removes li').allTextContents()).join(' ');
    for (const what of ['sessions', 'heatmaps', 'archive', 'picture', 'audit log', '1 API key'])
      expect(said).toContain(what);
    await page.getByLabel('To go on').fill('Corner shop');
    await page.getByRole('button', { name: 'Delete the site' }).click();
    await page.waitForURL(/#\/sites$/);
    await socket.closed;
    const visit = () => stage.visit(153, { k: shop.writeKey });
    await eventually(visit, ({ status }) => status === 403);
    const asked = await fetch(`${stage.product.urls.apiUrl}/v1/sites/${shop.site}/live`, {
      headers: { authorization: `Bearer ${shop.apiKey}` },
    });
    expect(asked.status).toBe(401);
    expect((await stage.asOwner('GET', `/v1/sites/${shop.site}/live`)).status).toBe(404);
    await stage.run('erase');
    // What has come in since then is left to the last sweep.
    expect(tracesIn(await notes(), [`load|${shop.site}|${theirs}`, `captures/${shop.site}/`])).toEqual([]);
  });
});

/** What is kept but logs, which name sites; the stream, which holds a day's ticks; and items that have expired. */
async function notes(): Promise<Kept[]> {
  const isKept = ({ where, text }: Kept) =>
    !/^(log|stream|file logs)/.test(where) &&
    Number(/"ttl":\{"N":"(\d+)"/.exec(text)?.[1] ?? Number.POSITIVE_INFINITY) > Date.now() / 1000;
  return (await stage.kept()).filter(isKept);
}

const erasures = async (): Promise<ErasureAnswer[]> =>
  (await stage.asOwner<ErasuresAnswer>('GET', '/v1/sites/demo/erasures')).json.rows;

/** A connection of the owner's that watches a site. */
async function socketOf(site: string): Promise<{ closed: Promise<unknown> }> {
  const { ticket } = (await stage.asOwner<{ ticket: string }>('POST', `/v1/sites/${site}/tickets`)).json;
  const socket = new WebSocket(`${stage.product.urls.socketUrl}?ticket=${ticket}`);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  socket.send('{"op":"watch","view":"live"}');
  await new Promise((resolve) => {
    socket.onmessage = resolve;
  });
  return { closed: new Promise((resolve) => socket.once('close', resolve)) };
}

describe('now', () => {
  beforeAll(() => stage.threeDaysPass());

  it('nothing is left of her in any table, object, record of the stream, log or file, and every counter stands', async () => {
    expect((await stage.sessions()).map(({ visitor }) => visitor)).toContain(hers.visitor);
    expect(await salts()).not.toEqual([]);
    await stage.run('forget');
    const rest = { state: 'done', why: '', records: 0, failedRecords: 0 };
    expect(await erasures()).toMatchObject([{ ...rest, records: 3, failedRecords: 2 }, rest]);
    expect((await stage.sessions()).map(({ visitor }) => visitor)).toEqual(sessions);
    await stage.owner.page.goto(`${stage.product.urls.dashboardUrl}?site=demo#/settings/erasure`);
    await stage.owner.page.getByText('3 records of the archive and 2 records that could not be counted').waitFor();
    const kept = await stage.kept();
    expect(tracesOfHer(kept)).toEqual([]);
    expect(await salts()).toEqual([]);
    expect(placesOf(tracesIn(kept, [other]))).toEqual(new Set(['table Counters', 'table Visitors', 'file data/s3']));
    expect(failedOf(kept, 'demo')).toBe(1);
    expect(await stage.counted()).toEqual(counted);
    const { differences, counters } = await stage.audit();
    expect(differences).toEqual([]);
    expect(counters).toBeGreaterThan(10);
  });

  it('a rebuild counts the same again', async () => {
    const report = await stage.withClients((clients) =>
      rebuild(
        rebuildPorts(clients, stage.names, 'demo', () => undefined),
        { auditDays: 5, again: false },
      ),
    );
    expect(report).toMatchObject({ epoch: '2', differences: [] });
    expect(await stage.counted()).toEqual(counted);
    expect((await stage.sessions()).map(({ visitor }) => visitor)).toEqual(sessions);
    expect((await stage.audit()).differences).toEqual([]);
  });

  it('nothing is left of the deleted site, and the other is as it was', async () => {
    await eventually(
      async () => {
        await stage.run('erase');
        return stage.product.cloud.logOf('erase').some((line) => line.includes('nothing is left'));
      },
      (isOver) => isOver,
    );
    expect(tracesIn(await notes(), [shop.site, shop.writeKey])).toEqual([]);
    expect(await stage.counted()).toEqual(counted);
    expect((await stage.audit()).differences).toEqual([]);
  });
});

const salts = async (): Promise<string[]> =>
  (await readTable(stage.product.urls.awsEndpoint, 'Sites')).flatMap(({ pk }) =>
    pk?.S?.startsWith('salt|') ? [pk.S] : [],
  );
