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
