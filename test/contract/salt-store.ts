import { describe, expect, it } from 'vitest';
import type { SaltStore } from '../../functions/identity/salt-store.ts';
import type { SecretStore } from '../../functions/identity/secret-store.ts';

export interface IdentityStores {
  salts: SaltStore;
  secrets: SecretStore;
}

const noon = Date.parse('2026-11-23T12:00:00Z');
const hour = 3_600_000;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** What every store of salts and of the secret does. `make` gives two views of one store, as two instances have them. */
export function describeIdentityStores(name: string, make: () => [IdentityStores, IdentityStores]): void {
  describe(`the salt and secret stores: ${name}`, () => identityStoresTests(make));
}

function identityStoresTests(make: () => [IdentityStores, IdentityStores]): void {
  describe('a salt', () => {
    it('is the same for a site\u2019s local day, whoever asks', async () => {
      const [one, other] = make();
      const [first, second] = await Promise.all([
        one.salts.todaysSalt('demo', 'UTC', noon),
        other.salts.todaysSalt('demo', 'UTC', noon + 11 * hour),
      ]);
      expect(hex(first)).toMatch(/^[0-9a-f]{64}$/);
      expect(hex(second)).toBe(hex(first));
    });

    it('is another for another site, another day, and a zone where it is another day', async () => {
      const [{ salts }] = make();
      const all = [
        await salts.todaysSalt('demo', 'UTC', noon),
        await salts.todaysSalt('other', 'UTC', noon),
        await salts.todaysSalt('demo', 'UTC', noon + 12 * hour),
        await salts.todaysSalt('demo', 'Pacific/Kiritimati', noon + 24 * hour),
      ];
      expect(new Set(all.map(hex)).size).toBe(4);
    });
  });

  describe('the salts of a site that is removed', () => {
    it('are all forgotten, in whatever zone their day was, and nobody else’s', async () => {
      const [one, other] = make();
      const days = [
        ['UTC', 0],
        ['UTC', -48],
        ['Pacific/Kiritimati', 0],
        ['Pacific/Pago_Pago', -48],
      ] as const;
      const saltOf = (site: string, zone: string, hours: number) =>
        other.salts.todaysSalt(site, zone, noon + hours * hour);
      const all = async (site: string) => {
        const salts: string[] = [];
        for (const [zone, hours] of days) salts.push(hex(await saltOf(site, zone, hours)));
        return salts;
      };
      const before = await all('removed');
      const stays = hex(await saltOf('removed2', 'UTC', 0));
      await one.salts.deleteAll('removed', noon);
      expect((await all('removed')).filter((salt) => before.includes(salt))).toEqual([]);
      expect(hex(await saltOf('removed2', 'UTC', 0))).toBe(stays);
    });
  });

  describe('the secret', () => {
    it('is made once, whoever asks', async () => {
      const [one, other] = make();
      const [first, second] = await Promise.all([one.secrets.identitySecret(), other.secrets.identitySecret()]);
      expect(hex(first)).toMatch(/^[0-9a-f]{64}$/);
      expect(hex(second)).toBe(hex(first));
    });
  });
}
