import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SaltStore } from '../../functions/identity/salt-store.ts';
import type { SecretStore } from '../../functions/identity/secret-store.ts';

type Random = (byteCount: number) => Uint8Array;
const noon = Date.parse('2026-11-23T12:00:00Z');
const hour = 3_600_000;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** What every store of salts and of the secret does. Two stores made by the same `open` share what they hold. */
export function identityStoresContract(
  open: () => Promise<(random: Random) => { salts: SaltStore; secrets: SecretStore }>,
): void {
  describe('a salt', () => {
    it('is the same for a site\u2019s local day, whoever asks', async () => {
      const store = await open();
      const [one, other] = [store(randomBytes), store(randomBytes)];
      const [first, second] = await Promise.all([
        one.salts.todaysSalt('demo', 'UTC', noon),
        other.salts.todaysSalt('demo', 'UTC', noon + 11 * hour),
      ]);
      expect(hex(first)).toMatch(/^[0-9a-f]{64}$/);
      expect(hex(second)).toBe(hex(first));
    });

    it('is another for another site, another day, and a zone where it is another day', async () => {
      const { salts } = (await open())(randomBytes);
      const all = [
        await salts.todaysSalt('demo', 'UTC', noon),
        await salts.todaysSalt('other', 'UTC', noon),
        await salts.todaysSalt('demo', 'UTC', noon + 12 * hour),
        await salts.todaysSalt('demo', 'Pacific/Kiritimati', noon + 24 * hour),
      ];
      expect(new Set(all.map(hex)).size).toBe(4);
    });
  });

  describe('the secret', () => {
    it('is made once, whoever asks', async () => {
      const store = await open();
      const [one, other] = [store(randomBytes), store(randomBytes)];
      const [first, second] = await Promise.all([one.secrets.identitySecret(), other.secrets.identitySecret()]);
      expect(hex(first)).toMatch(/^[0-9a-f]{64}$/);
      expect(hex(second)).toBe(hex(first));
    });
  });
}
