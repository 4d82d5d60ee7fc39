import type { SiteConfig } from '../contract/site.ts';
import { barePath, countedPath } from '../ingest/path-rules.ts';
import type { Caller } from './authorize.ts';

/** The page that is meant. A key asks for a path of /pages; an overlay knows only what its browser shows. */
export function pathAsked(path: string, { site, caller }: { site: SiteConfig; caller: Pick<Caller, 'kind'> }): string {
  return caller.kind === 'overlay' ? countedPath(barePath(path), site.pathRules) : path;
}
