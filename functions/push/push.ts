import { type Topic, topicOf } from '../contract/live.ts';
import { log } from '../log.ts';
import { emitMetrics } from '../metrics.ts';
import type { Connection, ConnectionStore } from './connection-store.ts';
import { totalsMessages } from './messages.ts';
import type { Pusher, SiteUpdate, Socket } from './pusher.ts';

export interface PusherOptions {
  connections: ConnectionStore;
  socket: Socket;
  epoch: string;
  /** How long the list of a site's watchers is believed, ms. A second snapshot covers what a new watcher misses by it. */
  watchersCachedMs: number;
  clock: () => number;
}

/** Sites whose watchers are remembered; beyond it all are asked for again. */
const sitesCachedMax = 1000;
/** Posts under way at once. */
const postsMax = 32;

interface Post {
  connection: Connection;
  messages: string[];
}

/** Pushes totals to those who look at them. What fails is logged and counted: the dashboard's next resync makes up for it. */
export function makePusher({ connections, socket, epoch, watchersCachedMs, clock }: PusherOptions): Pusher {
  const cache = new Map<string, { readAt: number; watchers: Promise<Connection[]> }>();

  function watchersOf(site: string): Promise<Connection[]> {
    const now = clock();
    const known = cache.get(site);
    if (known && now - known.readAt < watchersCachedMs) return known.watchers;
    if (cache.size >= sitesCachedMax) cache.clear();
    const watchers = connections.watchers(site, now);
    cache.set(site, { readAt: now, watchers });
    return watchers;
  }

  async function postsFor(update: SiteUpdate): Promise<Post[]> {
    const watchers = await watchersOf(update.site);
    const byTopics = new Map<string, string[]>();
    return watchers.map((connection) => {
      const name = connection.topics.join('\n');
      const messages = byTopics.get(name) ?? messagesFor(update, connection.topics, epoch);
      byTopics.set(name, messages);
      return { connection, messages };
    });
  }

  async function send({ connection, messages }: Post): Promise<void> {
    for (const message of messages) {
      if ((await socket.post(connection.id, message)) === 'sent') continue;
      const cached = cache.get(connection.site);
      if (cached) cached.watchers = cached.watchers.then((all) => all.filter(({ id }) => id !== connection.id));
      await connections.disconnect(connection.id);
      return;
    }
  }

  return {
    async push(updates) {
      let failures = 0;
      const fail = (what: string, error: unknown, site: string) => {
        failures++;
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
        send(post).catch((error) => fail('push failed', error, post.connection.site)),
      );
      if (failures > 0) emitMetrics('process', { pushFailures: [failures, 'Count'] }, clock());
    },
  };
}

/** What of an update a connection looks at; the feed belongs to the live view. An update of nothing tells everybody the time. */
function messagesFor({ asOf, items, feed }: SiteUpdate, topics: Topic[], epoch: string): string[] {
  const seen = items.filter(({ key }) => topics.includes(topicOf(key.pk)));
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
