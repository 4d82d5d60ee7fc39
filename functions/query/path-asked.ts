import type { SiteConfig } from '../contract/site.ts';
import { barePath, countedPath } from '../ingest/path-rules.ts';

/** The page that is meant. A key asks for a path of /pages; an overlay (`until`: when it ends) knows only what its browser shows. */
export function pathAsked(path: string, { site, until }: { site: SiteConfig; until: number | null }): string {
  return until === null ? path : countedPath(barePath(path), site.pathRules);
}
