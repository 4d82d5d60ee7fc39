/** What a page says to SitePulse. */
export interface SitePulse {
  /** Counts an event of your own. Values are texts, numbers or booleans. */
  (name: string, properties?: Record<string, unknown>): void;
  /** Counts a view of the page as it is now; with `manual`, the only way to. */
  page(): void;
  /**
   * With `consent` in the options nothing is captured, kept or sent before `true`. `false` ends all of it until the next document
   * that is loaded. Whoever has opted out, or sends GPC or DNT, stays out.
   */
  consent(isGiven: boolean): void;
  /** Sixteen hex digits that stand for this document's load: what a visitor gives the site's owner to have their day erased. */
  readonly load: string;
  /** Nothing more is sent from this browser, until the site's storage is cleared. */
  optOut(): void;
}

export interface Options {
  /** The site's write key. */
  site: string;
  /** Where events go, such as `https://stats.example/v1/events`. */
  endpoint: string;
  /** Page views are counted by `page()` alone. */
  manual?: boolean;
  /** Waits for `consent(true)`. */
  consent?: boolean;
  /** A change of the hash is a page view, and the hash part of the path. */
  hash?: boolean;
  /** Measures Web Vitals (LCP, INP, CLS): loads `vitals.js` from the endpoint's host. */
  vitals?: boolean;
}

/**
 * Begins to count, once for a document: a second call changes nothing. On a server it does nothing, so that a page may be rendered
 * there. Throws nothing.
 */
export function start(options: Options): SitePulse;
