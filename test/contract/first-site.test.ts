import { describe, expect, it } from 'vitest';
import { anySite, makeSite, tableStands } from '../../deploy/tables.dynamo.ts';
import { userIdOf } from '../../functions/identity/user-id.ts';
import { noAccess } from '../../functions/sites/access.ts';
import { dynamoAccessStore } from '../../functions/sites/access-store.dynamo.ts';
import { dynamoErasureStore } from '../../functions/sites/erasure-store.dynamo.ts';
import { hashSecret } from '../../functions/sites/secret.ts';
import { dynamoSiteStore } from '../../functions/sites/site-store.dynamo.ts';
import { dynamoUserStore } from '../../functions/sites/user-store.dynamo.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
const table = () => ({ client: dynamo().client, table: dynamo().byPkAndSk });
const random = (byteCount: number) => Buffer.alloc(byteCount, 7);
const first = { site: 'shop', name: 'Shop', zone: 'Europe/Zurich', origins: ['https://shop.example'] };
const owner = { issuer: 'https://issuer', subject: 'ann', email: 'ann@shop.example' };

describe('the first site of a deployment', () => {
  it('is open to its keys and its owner, and is made once', async () => {
    expect(await anySite(table())).toBeNull();
    const made = await makeSite(table(), { first, owner, now: 5 }, random);
    expect(made?.writeKey).toMatch(/^w_[\w-]{16}$/);
    const sites = dynamoSiteStore(table());
    expect(await sites.byWriteKey(made?.writeKey ?? '')).toMatchObject({ ...first, version: 1 });
    const access = dynamoAccessStore(table());
    expect((await access.find('key', hashSecret(made?.apiKey ?? '')))?.site).toBe('shop');
    const id = userIdOf(owner.issuer, owner.subject);
    expect((await access.read('shop')).members).toEqual([{ id, role: 'owner', email: owner.email, since: 5 }]);
    expect(await dynamoUserStore(table()).sites(id)).toEqual(['shop']);
    expect(await anySite(table())).toBe('shop');
    expect(await makeSite(table(), { first, owner: null, now: 6 }, random)).toBeNull();
  });

  it('is not made while one that was called so is being removed, as it would be removed, too', async () => {
    const gone = { ...first, site: 'gone' };
    await dynamoErasureStore(table()).begin({ site: 'gone', since: 4, access: noAccess });
    await expect(makeSite(table(), { first: gone, owner: null, now: 5 }, random)).rejects.toThrow(/"gone" was deleted/);
    expect(await dynamoSiteStore(table()).current('gone')).toBeNull();
  });
});

it('a table stands, or does not', async () => {
  const { client, table: name } = table();
  expect(await tableStands(client, name)).toBe(true);
  expect(await tableStands(client, 'of-nobody')).toBe(false);
});
