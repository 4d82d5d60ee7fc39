/** Everything that lives as long as one site is looked at: API, live store and connection. */
import type { FeedRow } from '../functions/contract/live.ts';
import type { DashboardConfiguration } from '../functions/contract/sign-in.ts';
import type { Access } from './live/access.ts';
import { type Api, createApi } from './live/api.ts';
import { Connection, type Watch } from './live/connection.ts';
import { readFeed } from './live/feed.ts';
import { openBrowserSocket } from './live/open-browser-socket.ts';
import { createLiveStore, type LiveStore } from './live/store.ts';
import type { Route } from './route.ts';
import { keep, kept } from './session-keep.ts';

export interface Session {
  site: string;
  api: Api;
  store: LiveStore;
  /** Looks at what the route shows from now on. */
  show(route: Route): void;
  wake(): void;
  end(): void;
}

export interface SessionParts {
  configuration: DashboardConfiguration;
  access: Access;
  site: string;
}

export function startSession({ configuration, access, site }: SessionParts, route: Route): Session {
  const { apiUrl, socketUrl } = configuration;
  const api = createApi({ apiUrl, bearer: access.bearer, site, fetch: (url, init) => fetch(url, init) });
  const feedInSession = `sitepulse.feed.${site}`;
  const store = createLiveStore({
    nextFrame: (draw) => void requestAnimationFrame(draw),
    feed: readFeed(kept(feedInSession)),
    onNewEpoch: () => connection.watch(watching),
    keepFeed: (feed: readonly FeedRow[]) => keep(feedInSession, JSON.stringify(feed)),
  });
  let watching = watchOf(route);
  const connection = new Connection(
    {
      socketUrl,
      fetchTicket: () => api.ticket(),
      openSocket: openBrowserSocket,
      after(ms, action) {
        const timer = setTimeout(action, ms);
        return () => clearTimeout(timer);
      },
      random: () => Math.random(),
      onMessage: (message) => store.receive(message),
      onState: (state) => store.setConnection(state),
      onFault: (reason) => console.warn(`SitePulse: ${reason}`),
    },
    watching,
  );
  return {
    site,
    api,
    store,
    show(next) {
      const watch = watchOf(next);
      if (JSON.stringify(watch) === JSON.stringify(watching)) return;
      watching = watch;
      store.watchChanged();
      connection.watch(watch);
    },
    wake: () => connection.wake(),
    end: () => connection.close(),
  };
}

/** A heatmap without a page yet looks at the site, so that the page picker's day is at hand. */
function watchOf(route: Route): Watch {
  if (route.page !== 'heatmap' || route.path === '') return { op: 'watch', view: 'live' };
  return { op: 'watch', view: 'heatmap', path: route.path, device: route.device };
}
