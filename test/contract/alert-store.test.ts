import { describe, expect, it } from 'vitest';
import { defaultAlerts } from '../../functions/contract/alert.ts';
import { dynamoAlertStore } from '../../functions/sites/alert-store.dynamo.ts';
import { memoryAlertStore } from '../../functions/sites/alert-store.memory.ts';
import type { AlertStore } from '../../functions/sites/alert-store.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
const now = 1_800_000_000_000;

describe.each([
  ['in memory', () => memoryAlertStore()],
  ['in DynamoDB', () => dynamoAlertStore({ client: dynamo().client, table: dynamo().byPkAndSk })],
] satisfies [string, () => AlertStore][])('alerts %s', (_where, make) => {
  it('are kept by site, with the first secret, until they are removed', async () => {
    const store = make();
    expect(await store.read('shop')).toBeNull();
    const settings = { ...defaultAlerts, emails: ['a@b.example'] };
    expect(await store.save('shop', settings, 'one')).toEqual({ settings, webhookSecret: 'one' });
    expect(await store.save('shop', defaultAlerts, 'two')).toEqual({ settings: defaultAlerts, webhookSecret: 'one' });
    expect(await store.read('shop')).toEqual({ settings: defaultAlerts, webhookSecret: 'one' });
    expect(await store.read('other')).toBeNull();
    await store.remove('shop');
    expect(await store.read('shop')).toBeNull();
  });

  it('are told once in their quiet time, each kind by itself, and by one of two at once', async () => {
    const store = make();
    await store.save('claims', defaultAlerts, 's');
    expect(await store.claim('claims', 'rage', now, 1_000)).toBe(true);
    expect(await store.claim('claims', 'rage', now + 999, 1_000)).toBe(false);
    expect(await store.claim('claims', 'spike', now + 999, 1_000)).toBe(true);
    const both = [1, 2].map(() => store.claim('claims', 'rage', now + 1_000, 1_000));
    expect((await Promise.all(both)).sort()).toEqual([false, true]);
  });
});
