import type { Holder } from '../contract/account.ts';
import { type FeedRow, type Topic, topicOf } from '../contract/live.ts';
import { log } from '../log.ts';
import type { Connection, ConnectionStore } from './connection-store.ts';
import { feedRowsPerPushMax, totalsMessages } from './messages.ts';
import { nothingPushed, type Pushed, type Pusher, type SiteUpdate, type Socket } from './pusher.ts';

export interface PusherOptions {
  connections: ConnectionStore;
  socket: Socket;
  epoch: string;
  /** Tells, of the holders of rights at a site, whose right stands. Asked each time that the list of watchers is. */
  standing(site: string, now: number): Promise<(by: Holder) => boolean>;
  /** How long the list of a site's watchers is believed, ms. A second snapshot covers the totals that a new watcher misses by it. */
  watchersCachedMs: number;
  clock: () => number;
}

/** Sites whose watchers are remembered; beyond it all are asked for again. */
const sitesCachedMax = 1000;
/** Posts under way at once. */
const postsMax = 32;

/** Who watches a site, as believed from `readAt` on. */
interface WatcherList {
  readAt: number;
  watchers: Promise<Connection[]>;
  /** The newest feed rows that went to this list: whoever came too late for it gets them with the first push of the next. */
  told: FeedRow[];
  /** The list before, until the first push of this one. */
  before: Pick<WatcherList, 'watchers' | 'told'> | null;
}

interface Post {
  connection: Connection;
  messages: string[];
}

/** Pushes totals to those who look at them. What fails is logged and counted: the dashboard's next resync makes up for it. */
export function makePusher(options: PusherOptions): Pusher {
  const { connections, socket, epoch, watchersCachedMs, clock } = options;
  const cache = new Map<string, WatcherList>();

  function listOf(site: string): WatcherList {
    const now = clock();
    const known = cache.get(site);
    if (known && now - known.readAt < watchersCachedMs) return known;
    if (cache.size >= sitesCachedMax) cache.clear();
    const list = { readAt: now, watchers: allowedAt(site, now), told: [], before: known ?? null };
    cache.set(site, list);
    return list;
  }

  /** Whoever's right was revoked is shut out, should that not have happened when it was. */
  async function allowedAt(site: string, now: number): Promise<Connection[]> {
    const watchers = await connections.watchers(site, now);
    if (watchers.length === 0) return [];
    const stands = await options.standing(site, now);
    const revoked = watchers.filter(({ by }) => !stands(by));
    await Promise.all(
      revoked.map((connection) =>
        shut(connection).catch((error) =>
          log.error('a connection without a right could not be closed', error, { site }),
        ),
      ),
    );
    return watchers.filter(({ by }) => stands(by));
  }
  async function shut({ id }: Connection): Promise<void> {
    await connections.disconnect(id);
    await socket.close(id);
  }

  async function postsFor(update: SiteUpdate): Promise<Post[]> {
    const list = listOf(update.site);
    const watchers = await list.watchers;
    const toldBefore = new Set((await list.before?.watchers)?.map(({ id }) => id));
    const missed = list.before?.told ?? [];
    list.before = null;
    list.told = [...list.told, ...update.feed].slice(-feedRowsPerPushMax);
    const alike = new Map<string, string[]>();
    return watchers.map((connection) => {
      const isLate = missed.length > 0 && !toldBefore.has(connection.id);
      const name = [isLate, ...connection.topics].join('\n');
      const feed = isLate ? [...missed, ...update.feed] : update.feed;
      const messages = alike.get(name) ?? messagesFor({ ...update, feed }, connection.topics, epoch);
      alike.set(name, messages);
      return { connection, messages };
    });
  }

  async function send({ connection, messages }: Post, pushed: Pushed): Promise<void> {
    for (const message of messages) {
      if ((await socket.post(connection.id, message)) === 'sent') {
        pushed.messages += 1;
        pushed.bytes += Buffer.byteLength(message);
        continue;
      }
      pushed.gone += 1;
      const cached = cache.get(connection.site);
      if (cached) cached.watchers = cached.watchers.then((all) => all.filter(({ id }) => id !== connection.id));
      await connections.disconnect(connection.id);
      return;
    }
  }

  return {
    async push(updates) {
      const pushed = nothingPushed();
      const fail = (what: string, error: unknown, site: string) => {
        pushed.failures += 1;
        log.error(what, error, { site });
      };
      const found = await Promise.allSettled(updates.map(postsFor));
      const posts = found.flatMap((result, index) => {
        if (result.status === 'fulfilled') return result.value;
        const site = updates[index]?.site ?? '';
        cache.delete(site);
        fail('watchers not found', result.reason, site);
        return [];
      });
      await inParallel(posts, postsMax, (post) =>
        send(post, pushed).catch((error) => fail('push failed', error, post.connection.site)),
      );
      return pushed;
    },
  };
}

/** What of an update a connection looks at; the feed belongs to the live view. An update of nothing tells everybody the time. */
function messagesFor({ asOf, items, feed }: SiteUpdate, topics: Topic[], epoch: string): string[] {
  const seen = items.filter(({ key }) => {
    const topic = topicOf(key.pk);
    return topic !== null && topics.includes(topic);
  });
  const shown = topics.includes('live') ? feed : [];
  if (seen.length === 0 && shown.length === 0 && items.length > 0) return [];
  return totalsMessages({ epoch, asOf }, seen, shown);
}

/** At most `max` at once. */
async function inParallel<T>(tasks: T[], max: number, run: (task: T) => Promise<void>): Promise<void> {
  const queue = tasks.values();
  const workers = Array.from({ length: Math.min(max, tasks.length) }, async () => {
    for (const task of queue) await run(task);
  });
  await Promise.all(workers);
}
