import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join, normalize } from 'node:path';

/**
 * Pages that nobody here wrote, as their packages ship them (MIT): a one-page site, a manual with a side bar, a dashboard whose
 * pane scrolls instead of the page, a page of widgets.
 */
const packages = {
  agency: { name: 'startbootstrap-agency', page: 'dist/index.html' },
  manual: { name: 'spectre.css', page: 'docs/elements/buttons.html' },
  panel: { name: 'paper-dashboard', page: 'dashboard.html' },
  widgets: { name: 'jquery-ui-dist', page: 'index.html' },
} as const;
export const foreignPages = Object.entries(packages).map(([name, { page }]) => `/${name}/${page}`);

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
};

export interface ForeignSite {
  url: string;
  close(): Promise<void>;
}

/** Serves the packages' files under their short names, each page with the snippet as its owner would embed it. */
export async function openForeignSite(snippetUrl: string): Promise<ForeignSite> {
  const snippet = `<script async src="${snippetUrl}" data-site="demo"></script></head>`;
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = fileOf(path);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const content = await readFile(file);
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    response.end(extname(file) === '.html' ? content.toString().replace('</head>', snippet) : content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const require = createRequire(import.meta.url);

function fileOf(path: string): string | null {
  const [, name = '', ...rest] = normalize(path).split('/');
  const found = Object.entries(packages).find(([short]) => short === name);
  if (!found) return null;
  const file = join(dirname(require.resolve(`${found[1].name}/package.json`)), ...rest);
  return existsSync(file) && extname(file) ? file : null;
}
