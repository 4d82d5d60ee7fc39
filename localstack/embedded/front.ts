import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { DashboardConfiguration } from '../../functions/contract/sign-in.ts';
import { dashboardHeaders } from './dashboard-headers.ts';
import type { HttpApi } from './http-api.ts';
import { type Issuer, issuerPath } from './issuer/issuer.ts';
import type { Handler, Upgrade } from './listen.ts';
import { staticFiles } from './static-files.ts';
import type { WebSocketApi } from './websocket-api.ts';

export interface FrontParts {
  /** The folder that the build wrote. */
  dist: string;
  api: HttpApi;
  sockets: WebSocketApi;
  issuer: Issuer;
  /** What the dashboard reads to find its API and its issuer. */
  config: DashboardConfiguration;
}

/** What the edge is on AWS: dashboard, snippet, API and WebSocket under one origin. */
export function front({ dist, api, sockets, issuer, config }: FrontParts): { handle: Handler; upgrade: Upgrade } {
  const dashboard = staticFiles(join(dist, 'web'), {
    // The dashboard's own paths have no file: they are all its one page.
    fallback: (path) => (/\.\w+$/.test(path) ? null : '/index.html'),
  });
  const snippet = staticFiles(join(dist, 'snippet'));
  return {
    async handle(request, response) {
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      if (path.startsWith('/v1/')) return api(request, response);
      if (/^\/(s|panes|vitals|overlay)\.js$/.test(path)) return snippet(request, response);
      const isIssuer = path.startsWith(`${issuerPath}/`);
      if (path !== '/config.json' && !isIssuer) {
        for (const [name, value] of Object.entries(dashboardHeaders)) response.setHeader(name, value);
        return dashboard(request, response);
      }
      // What opens the dashboard. A foreign page that got its own name to point to this machine would come with that name.
      if (!isOwnHost(request)) {
        response.writeHead(403).end();
        return;
      }
      if (isIssuer) return issuer.handle(request, response);
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(config));
    },
    async upgrade(request, socket, head) {
      if ((request.url ?? '').split('?')[0] === '/socket') await sockets.connect(request, socket, head);
      else socket.destroy();
    },
  };
}

/** The demo site: its pages embed the snippet from wherever the front is now. */
export function demoSite(dist: string, snippetUrl: string): Handler {
  return staticFiles(join(dist, 'demo'), {
    replacements: { __SNIPPET_URL__: snippetUrl },
    // The shop is a single-page application.
    fallback: (path) => (path.startsWith('/shop/') && !/\.\w+$/.test(path) ? '/shop/index.html' : null),
  });
}

function isOwnHost({ headers }: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? '');
}
