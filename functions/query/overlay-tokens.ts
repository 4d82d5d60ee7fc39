/** What an overlay's token opens: one site, to read, until then (ms since the epoch). */
export interface OverlayGrant {
  site: string;
  until: number;
}

/** The tokens with which overlays on a site's pages read its heat. */
export interface OverlayTokens {
  issue(grant: OverlayGrant): Promise<string>;
  /** Null: never issued, or its time is over. */
  find(token: string, now: number): Promise<OverlayGrant | null>;
}

/** Tells these tokens from API keys, also for people who find one somewhere. */
export const overlayTokenPrefix = 'overlay_';
