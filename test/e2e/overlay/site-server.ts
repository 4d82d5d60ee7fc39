import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Page {
  body: string;
  headers?: Record<string, string>;
  /** Only who comes with this cookie sees it; others are sent to `/login`. */
  cookie?: string;
}

/** A site as somebody else would have it, with headers of its own; it notes what it is asked. */
export interface SiteServer {
  url: string;
  requests: { url: string; referrer: string }[];
  close(): Promise<void>;
}

export async function serveSite(tag: string, pages: Record<string, Page>): Promise<SiteServer> {
  const requests: SiteServer['requests'] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', referrer: request.headers.referer ?? '' });
    const page = pages[pathOf(request)];
    if (!page) {
      response.writeHead(404).end();
      return;
    }
    if (page.cookie && request.headers.cookie !== page.cookie) {
      response.writeHead(302, { location: '/login' }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers });
    response.end(
      `<!doctype html><html lang="en"><head><title>A page</title><link rel="icon" href="data:,">${tag}</head>` +
        `<body>${page.body}</body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?')[0] ?? '/';
}
