import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the demo site has not: pages told apart by their hash, of different lengths, drawn after the address has changed. */
export interface OwnSite {
  url: string;
  close(): Promise<void>;
}

/** @param signupUrl where its link to the demo site leads */
export async function openOwnSite(snippetUrl: string, signupUrl: string): Promise<OwnSite> {
  const page = `<!doctype html><html lang="en"><head><title>Orders</title>
    <link rel="icon" href="data:,">
    <style>body { margin: 0 } header { position: sticky; top: 0; display: flex; gap: 40px; padding: 20px; background: #fff } #board { width: 700px; background: #eee }</style>
    <script>
      const draw = () => {
        document.getElementById('board').style.height = location.hash === '#/sent' ? '1600px' : '4000px';
        scrollTo(0, 0);
      };
      addEventListener('DOMContentLoaded', draw);
      addEventListener('hashchange', draw);
    </script>
    <script async src="${snippetUrl}" data-site="demo" data-hash></script></head>
    <body><header><button id="to-inbox" onclick="history.pushState(null, '', '#/inbox'); draw()">Inbox</button>
    <a id="to-sent" href="#/sent">Sent</a> <a id="to-signup" href="${signupUrl}">Sign up</a></header><div id="board"></div></body></html>`;
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
