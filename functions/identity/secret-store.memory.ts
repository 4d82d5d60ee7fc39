import { type SecretStore, secretBytes } from './secret-store.ts';

export function memorySecretStore(random: (byteCount: number) => Uint8Array): SecretStore {
  let secret: Uint8Array | undefined;
  return {
    async identitySecret() {
      secret ??= random(secretBytes);
      return secret;
    },
  };
}
