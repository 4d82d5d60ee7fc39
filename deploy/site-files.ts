import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A file of the dashboard or the snippet, as the bucket is to hold it. */
export interface SiteFile {
  key: string;
  path: string;
  contentType: string;
  cacheControl: string;
}

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Its name changes with its content, so whoever has it never asks again. */
export const immutable = 'public, max-age=31536000, immutable';
/** Whether the dashboard's build has put a hash of what is in the file into its name. */
export const isHashed = (name: string): boolean => /-[A-Z0-9]{8}\.js$/.test(name);
/** Asked for each time, and mostly answered "the one that you have". */
const fresh = 'no-cache';
/** On every page of a site: five minutes, and up to a day while a new one is fetched. */
const snippet = 'public, max-age=300, stale-while-revalidate=86400';

/** Everything that the build made for browsers, but not the demo site. @throws Error for a file of an unknown type. */
export function siteFiles(dist: string): SiteFile[] {
  const web = join(dist, 'web');
  const pages = namesIn(web).map((name) => file(web, name, isHashed(name) ? immutable : fresh));
  const snippets = join(dist, 'snippet');
  const scripts = namesIn(snippets).map((name) => file(snippets, name, snippet));
  return [...pages, ...scripts];
}

const namesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

function file(folder: string, name: string, cacheControl: string): SiteFile {
  const contentType = contentTypes[extname(name)];
  if (!contentType)
    throw new Error(`${join(folder, name)}: deploy/site-files.ts does not know the type of ${extname(name)}`);
  return { key: name.replaceAll('\\', '/'), path: join(folder, name), contentType, cacheControl };
}
