export const secretBytes = 32;

/** The key that seals identity tokens: made once, the same for all sites and instances. */
export interface SecretStore {
  identitySecret(): Promise<Uint8Array>;
}
