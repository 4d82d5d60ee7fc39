import { describe, expect, it } from 'vitest';
import type { Holder } from '../../functions/contract/account.ts';
import type { ConnectionStore, Ticket } from '../../functions/push/connection-store.ts';
import { connectionMs, ticketMs, watchMs } from '../../functions/push/watch-time.ts';

const now = 1_800_000_000_000;
const by: Holder = { kind: 'user', id: 'u:1' };
const opens: Ticket = { site: 'shop', until: null, by, ofOverlay: false };
let names = 0;
const fresh = (what: string) => `${what}-${++names}`;
const heat = '1|site|element|2026-11-23|abcdefgh|mobile';

/** A store with a connection to a site of its own. */
async function connected(make: () => ConnectionStore) {
  const store = make();
  const site = fresh('site');
  const id = fresh('connection');
  await store.connect({ id, site, topics: [], by }, now);
  return { store, site, id };
}

/** What every connection store does. */
export function describeConnectionStore(name: string, make: () => ConnectionStore): void {
  describe(`tickets in ${name}`, () => {
    it('open their site once', async () => {
      const store = make();
      const ticket = await store.issueTicket(opens, now);
      expect(await store.redeemTicket(ticket, now + 9)).toEqual({ ...opens, issuedAt: now });
      expect(await store.redeemTicket(ticket, now)).toBeNull();
    });

    it('open it for one of several that come at once', async () => {
      const store = make();
      const ticket = await store.issueTicket(opens, now);
      const opened = await Promise.all(Array.from({ length: 5 }, () => store.redeemTicket(ticket, now)));
      expect(opened.filter((one) => one?.site === 'shop')).toHaveLength(1);
    });

    it('open nothing once their time is over, deleted or not', async () => {
      const store = make();
      const [early, late] = [await store.issueTicket(opens, now), await store.issueTicket(opens, now)];
      expect(await store.redeemTicket(early, now + ticketMs - 1)).toEqual({ ...opens, issuedAt: now });
      expect(await store.redeemTicket(late, now + ticketMs)).toBeNull();
    });

    it('say until when what they open may stay open', async () => {
      const store = make();
      const ending = { ...opens, until: now + 5_000, ofOverlay: true };
      const ticket = await store.issueTicket(ending, now);
      expect(await store.redeemTicket(ticket, now)).toEqual({ ...ending, issuedAt: now });
    });

    it('open nothing when nobody issued them', async () => {
      expect(await make().redeemTicket('made up', now)).toBeNull();
    });
  });

  describe(`connections in ${name}`, () => {
    it('are found with their site, and watch nothing at first', async () => {
      const { store, site, id } = await connected(make);
      expect(await store.find(id)).toEqual({ id, site, topics: [], by });
      expect(await store.watchers(site, now)).toEqual([]);
      expect(await store.watchOf(site, now)).toEqual({ watched: false, everyMs: 1000 });
    });

    it('are watchers of their site from the watch on, with what they watch last', async () => {
      const { store, site, id } = await connected(make);
      expect(await store.watch(id, ['live'], now)).toEqual({ id, site, topics: ['live'], by });
      await store.watch(id, [heat, `${heat}2`], now);
      expect(await store.watchers(site, now)).toEqual([{ id, site, topics: [heat, `${heat}2`], by }]);
      expect(await store.find(id)).toEqual({ id, site, topics: [heat, `${heat}2`], by });
      expect(await store.watchOf(site, now)).toEqual({ watched: true, everyMs: 5000 });
    });

    it('watch at once when they connect with topics', async () => {
      const store = make();
      const site = fresh('site');
      const id = fresh('connection');
      await store.connect({ id, site, topics: ['live'], by }, now);
      expect(await store.watchers(site, now)).toEqual([{ id, site, topics: ['live'], by }]);
      expect((await store.watchOf(site, now)).watched).toBe(true);
    });

    it('do not watch the site of another', async () => {
      const { store, id } = await connected(make);
      await store.watch(id, ['live'], now);
      const elsewhere = fresh('site');
      expect(await store.watchers(elsewhere, now)).toEqual([]);
      expect((await store.watchOf(elsewhere, now)).watched).toBe(false);
    });

    it('stop watching when they have not asked for a while, and start again when they do', async () => {
      const { store, site, id } = await connected(make);
      await store.watch(id, ['live'], now);
      expect(await store.watchers(site, now + watchMs - 1)).toHaveLength(1);
      expect((await store.watchOf(site, now + watchMs - 1)).watched).toBe(true);
      expect(await store.watchers(site, now + watchMs)).toEqual([]);
      expect((await store.watchOf(site, now + watchMs)).watched).toBe(false);
      await store.watch(id, ['live'], now + watchMs);
      expect((await store.watchOf(site, now + watchMs)).watched).toBe(true);
    });

    it('do not outlive what API Gateway allows, however they watch', async () => {
      const { store, site, id } = await connected(make);
      await store.watch(id, ['live'], now + connectionMs - 1000);
      expect(await store.watchers(site, now + connectionMs - 1001)).toHaveLength(1);
      expect(await store.watchers(site, now + connectionMs)).toEqual([]);
    });

    it('watch until their own end, and nothing from then on', async () => {
      const store = make();
      const site = fresh('site');
      const id = fresh('connection');
      const until = now + 9_000;
      await store.connect({ id, site, topics: [], by }, now, until);
      await store.watch(id, ['live'], now);
      expect(await store.watchers(site, until - 1)).toHaveLength(1);
      expect(await store.watchers(site, until)).toEqual([]);
      expect(await store.watch(id, ['live'], until - 1)).not.toBeNull();
      expect(await store.watch(id, ['live'], until)).toBeNull();
    });

    it('are gone once disconnected, and the site unwatched with the last of them', async () => {
      const { store, site, id } = await connected(make);
      const other = fresh('connection');
      await store.connect({ id: other, site, topics: [], by }, now);
      await store.watch(id, ['live'], now);
      await store.watch(other, [heat], now + 10);
      await store.disconnect(other);
      expect(await store.find(other)).toBeNull();
      expect(await store.watchers(site, now + 20)).toEqual([{ id, site, topics: ['live'], by }]);
      expect((await store.watchOf(site, now + 20)).watched).toBe(true);
      await store.disconnect(id);
      expect((await store.watchOf(site, now + 20)).watched).toBe(false);
      expect(await store.watch(id, ['live'], now + 20)).toBeNull();
      expect(await store.watchers(site, now + 20)).toEqual([]);
    });

    it('leave the site watched when one that watched nothing goes', async () => {
      const { store, site, id } = await connected(make);
      await store.watch(id, ['live'], now);
      const idle = fresh('connection');
      await store.connect({ id: idle, site, topics: [], by }, now);
      await store.disconnect(idle);
      expect((await store.watchOf(site, now)).watched).toBe(true);
    });

    it('may disconnect twice, or without having connected', async () => {
      const { store, id } = await connected(make);
      await store.disconnect(id);
      await store.disconnect(id);
      await store.disconnect(fresh('connection'));
      expect(await store.find(id)).toBeNull();
    });
  });

  describe(`the pace in ${name}`, () => {
    it('is told to a watched site until its last watcher goes', async () => {
      const { store, site, id } = await connected(make);
      await store.watch(id, ['live'], now);
      await store.setPace(site, 4000);
      await store.watch(id, ['live'], now + 1000);
      expect(await store.watchOf(site, now + 1000)).toEqual({ watched: true, everyMs: 4000 });
      expect(await store.watchOf(site, now + 1000 + watchMs)).toEqual({ watched: false, everyMs: 1000 });
      await store.disconnect(id);
      const next = fresh('connection');
      await store.connect({ id: next, site, topics: ['live'], by }, now + 2000);
      expect(await store.watchOf(site, now + 2000)).toEqual({ watched: true, everyMs: 5000 });
    });

    it('of a site that nobody watches marks it as nothing', async () => {
      const store = make();
      const site = fresh('site');
      await store.setPace(site, 4000);
      expect(await store.watchOf(site, now)).toEqual({ watched: false, everyMs: 1000 });
    });
  });
}
