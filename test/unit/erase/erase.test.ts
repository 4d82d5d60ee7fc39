import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { memoryArchiveStore } from '../../../functions/archive/archive-store.memory.ts';
import { type ErasePorts, eraseSites, settledAfterMs } from '../../../functions/erase/erase.ts';
import { erasePlaces } from '../../../functions/erase/erase-places.ts';
import { memoryPlace } from '../../../functions/erase/place.memory.ts';
import { dynamoSaltStore } from '../../../functions/identity/salt-store.dynamo.ts';
import { noAccess, type SiteAccess, withMore } from '../../../functions/sites/access.ts';
import { memoryAccessStore } from '../../../functions/sites/access-store.memory.ts';
import { memoryErasureStore } from '../../../functions/sites/erasure-store.memory.ts';
import { grantKey } from '../../../functions/sites/grant-key.ts';
import { hashSecret } from '../../../functions/sites/secret.ts';
import { memorySiteStore } from '../../../functions/sites/site-store.memory.ts';
import { memoryUserStore } from '../../../functions/sites/user-store.memory.ts';
import { memoryProgressStore } from '../../../functions/store/progress-store.memory.ts';
import { testDynamo } from '../../contract/dynamo.ts';
import { siteFixture } from '../ingest/batch-fixture.ts';

const since = 1_800_000_000_000;
const settled = since + settledAfterMs;

/** Two sites with things of theirs in two places; one of them has been deleted. */
async function world() {
  const sites = memorySiteStore();
  const access = memoryAccessStore();
  const users = memoryUserStore();
  const progress = memoryProgressStore();
  const erasures = memoryErasureStore();
  for (const site of ['gone', 'stays']) {
    await sites.save(siteFixture({ site }));
    await sites.addWriteKey(site, `w-${site}`);
    await grantKey(access, site, `key-of-${site}`, { label: site, scope: 'read', createdAt: 0 });
    await access.change(site, (before) => {
      const withOwner = withMore(before, 'members', { id: 'ada', role: 'owner', email: null, since: 0 });
      return withMore(withOwner, 'writeKeys', { id: `w-${site}`, createdAt: 0 });
    });
    await users.join('ada', site);
  }
  const named = (kind: string) => ['gone', 'stays'].flatMap((site) => [1, 2, 3].map((n) => `${kind}|${site}|${n}`));
  const [first, second] = [new Set(named('first')), new Set(named('second'))];
  const isOf = (thing: string, site: string) => thing.split('|')[1] === site;
  const ticks: number[] = [];
  let steps = Number.POSITIVE_INFINITY;
  const ports: ErasePorts = {
    epoch: '1',
    erasures,
    sites,
    access,
    users,
    progress,
    stream: { tick: async ({ receivedAt }) => void ticks.push(receivedAt) },
    places: [memoryPlace('first', first, isOf), memoryPlace('second', second, isOf)],
    hasTime: () => steps-- > 0,
  };
  const snapshot: SiteAccess = await access.read('gone');
  await erasures.begin({ site: 'gone', since, access: snapshot });
  const run = (now: number, most = Number.POSITIVE_INFINITY) => {
    steps = most;
    return eraseSites(now, ports);
  };
  const left = () => [...first, ...second].filter((thing) => isOf(thing, 'gone'));
  return { ports, sites, access, users, progress, erasures, first, second, ticks, run, left };
}

describe('a deleted site', () => {
  it('is out of reach with the first run, and what is there of it goes', async () => {
    const { run, sites, access, left, first, second } = await world();
    expect(await run(since + 1)).toEqual({ ended: [], left: 1 });
    expect([await sites.current('gone'), await sites.byWriteKey('w-gone')]).toEqual([null, null]);
    expect(await access.read('gone')).toEqual(noAccess);
    expect(left()).toEqual([]);
    expect([first.size, second.size]).toEqual([3, 3]);
    expect((await sites.current('stays'))?.site).toBe('stays');
  });

  it('is waited for as long as something of it may be on its way, and then nothing is left', async () => {
    const { run, sites, access, users, progress, first, left, ticks } = await world();
    await run(since + 1);
    // Counted and archived meanwhile, by the version that its record names.
    expect(await sites.version('gone', 1)).not.toBeNull();
    first.add('first|gone|late');
    expect(await run(settled - 1)).toEqual({ ended: [], left: 1 });
    expect(await run(settled)).toEqual({ ended: [], left: 1 });
    expect([left(), ticks]).toEqual([['first|gone|late'], [settled]]);
    await progress.set('1', 'gone', settled);
    expect(await run(settled + 1)).toEqual({ ended: ['gone'], left: 0 });
    expect(left()).toEqual([]);
    // Nothing is asked of the stream any more: its answer would be a trace, and come after the sweep.
    expect(ticks).toEqual([settled]);
    expect([await sites.version('gone', 1), await access.find('key', hashSecret('key-of-gone'))]).toEqual([null, null]);
    expect(await users.sites('ada')).toEqual(['stays']);
    expect(await run(settled + 2)).toEqual({ ended: [], left: 0 });
  });

  it('is gone on with, however short each run is', async () => {
    const { run, progress, left, first, second } = await world();
    await progress.set('1', 'gone', settled);
    let runs = 0;
    for (let ended: string[] = []; ended.length === 0; runs++) {
      expect(runs).toBeLessThan(40);
      ended = (await run(settled + runs, 2)).ended;
    }
    expect(runs).toBeGreaterThan(5);
    expect(left()).toEqual([]);
    expect([first.size, second.size]).toEqual([3, 3]);
  });

  it('that can not be removed keeps no other waiting, and the run fails', async () => {
    const { run, ports, erasures, progress, left } = await world();
    await erasures.begin({ site: 'also', since: since + 1, access: noAccess });
    for (const site of ['gone', 'also']) await progress.set('1', site, settled + 1);
    const broken = async (site: string) => (site === 'gone' ? Promise.reject(new Error('too deep')) : null);
    Object.assign(ports, { places: [{ name: 'broken', sweep: broken }] });
    for (const at of [settled + 1, settled + 2]) await expect(run(at)).rejects.toThrow('too deep');
    expect((await erasures.all()).map(({ site }) => site)).toEqual(['gone']);
    expect(left()).not.toEqual([]);
  });

  it('is gone on with after a fault of a place', async () => {
    const { run, ports, progress, left } = await world();
    await progress.set('1', 'gone', settled);
    const [first, second] = ports.places;
    const broken = {
      name: 'broken',
      sweep: async () => {
        throw new Error('the table is away');
      },
    };
    Object.assign(ports, { places: [first, broken] });
    await expect(run(settled)).rejects.toThrow('the table is away');
    Object.assign(ports, { places: [first, second] });
    await run(settled);
    expect((await run(settled)).ended).toEqual(['gone']);
    expect(left()).toEqual([]);
  });
});

describe('the places', () => {
  const dynamo = testDynamo();

  it('hold what stands under a site’s keys, in tables and buckets, and take nothing of another’s', async () => {
    const { client, byPk, byPkAndSk } = dynamo();
    const table = { client, table: byPkAndSk };
    const [archive, captures] = [memoryArchiveStore(), memoryArchiveStore()];
    const places = erasePlaces({
      counters: table,
      visitors: { client, table: byPk },
      admissions: table,
      sites: table,
      salts: dynamoSaltStore(table, () => new Uint8Array(32)),
      archive,
      captures,
      clock: () => Date.parse('2026-11-23T12:00:00Z'),
    });
    const partitions = (site: string) => [
      `1|${site}|live|30000000`,
      `2|${site}|page|2026-11-23`,
      `alerts|${site}`,
      `markers|${site}`,
      `audit|${site}`,
      `visitor-erasures|${site}`,
      `salt|${site}|2026-11-23`,
      `salt|${site}|2026-11-21`,
    ];
    const states = (site: string) => [`load|${site}|ff`, `state|${site}|aa`, `state|2|${site}|aa`];
    const decided = (site: string) => `decided|0_0|${site}`;
    const objects = (site: string) => [
      `events/site=${site}/date=2026-11-23/x`,
      `failed/site=${site}/y`,
      `redriven/site=${site}/z`,
      `residue/site=${site}/date=2026-11-23/r`,
      `residue/site=${site}/erasing/r`,
    ];
    const pictures = (site: string) => [`captures/${site}/p/desktop/1.jpg`, `plans/${site}.json`];
    // Names that begin or end alike, or stand elsewhere in a key.
    const others = ['shop2', 'ashop', 'other'];
    for (const site of ['shop', ...others]) {
      for (const pk of partitions(site)) {
        await client.send(new PutItemCommand({ TableName: byPkAndSk, Item: { pk: { S: pk }, sk: { S: '-' } } }));
      }
      for (const pk of states(site))
        await client.send(new PutItemCommand({ TableName: byPk, Item: { pk: { S: pk } } }));
      const d = { S: JSON.stringify({ site, reason: 'unknown-config', message: 'of shop' }) };
      await client.send(new PutItemCommand({ TableName: byPk, Item: { pk: { S: decided(site) }, d } }));
      for (const key of objects(site)) await archive.put(key, new Uint8Array(1), 'text/plain');
      for (const key of pictures(site)) await captures.put(key, new Uint8Array(1), 'image/jpeg');
    }
    await client.send(
      new PutItemCommand({ TableName: byPkAndSk, Item: { pk: { S: '1|other|shop|x' }, sk: { S: '-' } } }),
    );
    for (let n = 0; n < 60; n++) {
      const Item = { pk: { S: '1|shop|page|many' }, sk: { S: `${n}` } };
      await client.send(new PutItemCommand({ TableName: byPkAndSk, Item }));
    }
    for (const place of places) {
      for (let at = await place.sweep('shop', null); at !== null; ) at = await place.sweep('shop', at);
    }
    const left = async (TableName: string) =>
      ((await client.send(new ScanCommand({ TableName }))).Items ?? []).map(({ pk }) => pk?.S ?? '').sort();
    expect(await left(byPkAndSk)).toEqual([...others.flatMap(partitions), '1|other|shop|x'].sort());
    expect(await left(byPk)).toEqual([...others.flatMap(states), ...others.map(decided)].sort());
    expect([...archive.objects.keys()].sort()).toEqual(others.flatMap(objects).sort());
    expect([...captures.objects.keys()].sort()).toEqual(others.flatMap(pictures).sort());
  });
});
