import type { Grant, GrantTokens } from './grant-tokens.ts';

/** Tokens in this process's memory. They are numbered, so this is no store to open to strangers. */
export function memoryGrantTokens(): GrantTokens {
  const grants = new Map<string, Grant>();
  return {
    async issue(grant) {
      const token = `${grant.kind}_${grants.size + 1}`;
      grants.set(token, structuredClone(grant));
      return token;
    },
    async find(token, now) {
      const grant = grants.get(token);
      return grant && grant.until > now ? structuredClone(grant) : null;
    },
  };
}
