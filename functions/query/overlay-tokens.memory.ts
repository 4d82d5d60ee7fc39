import { type OverlayGrant, type OverlayTokens, overlayTokenPrefix } from './overlay-tokens.ts';

/** Tokens in this process's memory. They are numbered, so this is no store to open to strangers. */
export function memoryOverlayTokens(): OverlayTokens {
  const grants = new Map<string, OverlayGrant>();
  return {
    async issue(grant) {
      const token = `${overlayTokenPrefix}${grants.size + 1}`;
      grants.set(token, { ...grant });
      return token;
    },
    async find(token, now) {
      const grant = grants.get(token);
      return grant && grant.until > now ? { ...grant } : null;
    },
  };
}
