import type { CaptureSettings, Exclusions, SiteSettings } from './account.ts';
import type { Funnel, Goal } from './goal.ts';

/** One version of a site's configuration. Versions are immutable: an edit makes the next one, and a record names its own. */
export interface SiteConfig {
  site: string;
  version: number;
  name: string;
  /** IANA time zone of the site's days and hours. */
  zone: string;
  /** Origins whose pages may send, such as `https://shop.example`, `https://*.shop.example` or `http://localhost:*`. */
  origins: string[];
  pathRules: PathRules;
  /** While watched, movement is paced so that the site's pages together send about this many requests a second at most. */
  watchedRequestsPerSecondMax: number;
  /** CSS selectors of what captures hide, beside banners that ask for consent: `#chat`, `.promo-bar`. Absent: nothing. */
  captureHideSelectors?: string[];
  /** Settings that earlier versions do not have: read them by `settingsOf`. */
  retentionDays?: number;
  captures?: Pick<CaptureSettings, 'enabled'>;
  exclusions?: Exclusions;
  movesSampledPercent?: number;
  monthlyBudgetUsd?: number | null;
  goals?: Goal[];
  funnels?: Funnel[];
  /** Since when those are counted, ms since the epoch, by their ids. */
  goalsSince?: Record<string, number>;
  /** In this month (UTC, YYYY-MM), whose budget is spent, pointer movement is kept of no more loads in a hundred: see `movesKept`. */
  lowered?: { month: string; movesPercent: number };
  /** A chosen time zone that waits for the site's midnight: read by `configAt`. */
  upcoming?: UpcomingZone;
}

/** From `from` (ms since the epoch) on, version `version` holds, which is this one with another zone. */
export interface UpcomingZone {
  zone: string;
  from: number;
  version: number;
}

/** What holds at an instant: a time zone that waited takes effect without anybody's doing. */
export function configAt(config: SiteConfig, now: number): SiteConfig {
  const { upcoming, ...holding } = config;
  if (!upcoming || now < upcoming.from) return config;
  return { ...holding, zone: upcoming.zone, version: upcoming.version };
}

/** Of how many loads in a hundred pointer movement is kept now; `isLowered`: fewer than the owner chose. */
export function movesKept(config: SiteConfig, now: number): { percent: number; isLowered: boolean } {
  const chosen = config.movesSampledPercent ?? 100;
  const { lowered } = config;
  if (!lowered || lowered.month !== new Date(now).toISOString().slice(0, 7))
    return { percent: chosen, isLowered: false };
  return { percent: Math.min(chosen, lowered.movesPercent), isLowered: lowered.movesPercent < chosen };
}

/** Everything that an owner may set. */
export function settingsOf(config: SiteConfig): SiteSettings {
  return {
    name: config.name,
    zone: config.zone,
    origins: config.origins,
    pathRules: config.pathRules,
    retentionDays: config.retentionDays ?? 400,
    captures: { enabled: config.captures?.enabled ?? true, hideSelectors: config.captureHideSelectors ?? [] },
    exclusions: config.exclusions ?? { paths: [], networks: [] },
    movesSampledPercent: config.movesSampledPercent ?? 100,
    monthlyBudgetUsd: config.monthlyBudgetUsd ?? null,
    goals: config.goals ?? [],
    funnels: config.funnels ?? [],
  };
}

/** How paths are brought into one form before anything is counted. */
export interface PathRules {
  /** Patterns such as `/product/:id`: a path of that shape counts as the pattern. First match wins. */
  patterns: string[];
  /** `/about/` counts as `/about`. */
  dropTrailingSlash: boolean;
  /** `/docs/index.html` counts as `/docs/`. */
  dropIndex: boolean;
  lowerCase: boolean;
}

export const defaultPathRules: PathRules = {
  patterns: [],
  dropTrailingSlash: true,
  dropIndex: true,
  lowerCase: false,
};
