import type { Holder } from '../contract/account.ts';

/** What a short token opens, to read: an overlay's what overlays draw, a share's what its link shows. */
export const grantKinds = ['overlay', 'share'] as const;
export type GrantKind = (typeof grantKinds)[number];

export interface Grant {
  kind: GrantKind;
  site: string;
  /** It ends then, ms since the epoch … */
  until: number;
  /** … or when this holder's own right does: whoever opened the overlay, or the share. */
  by: Holder;
}

/** Short tokens, by their hash: overlays' and those of opened share links. Every adapter passes its contract test. */
export interface GrantTokens {
  issue(grant: Grant): Promise<string>;
  /** Null: never issued, or its time is over. */
  find(token: string, now: number): Promise<Grant | null>;
}

/** The kind by its prefix, which tells these tokens from API keys, also for people who find one somewhere; null: no such token. */
export function grantKindOf(token: string): GrantKind | null {
  return grantKinds.find((kind) => token.startsWith(`${kind}_`)) ?? null;
}
