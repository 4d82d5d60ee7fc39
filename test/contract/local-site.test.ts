import { expect, it, vi } from 'vitest';
import { noAccess } from '../../functions/sites/access.ts';
import { dynamoErasureStore } from '../../functions/sites/erasure-store.dynamo.ts';
import { dynamoSiteStore } from '../../functions/sites/site-store.dynamo.ts';
import { localSite, seed } from '../../localstack/embedded/seed.dynamo.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();

it('the local site is made at a start, and not while one that was deleted is being removed', async () => {
  const table = { client: dynamo().client, table: dynamo().byPkAndSk };
  const { protocol = '', hostname, port } = (await table.client.config.endpoint?.()) ?? {};
  const start = () => seed(`${protocol}//${hostname}:${port}`, table.table, 'key', null);
  const [sites, erasures] = [dynamoSiteStore(table), dynamoErasureStore(table)];
  await start();
  expect(await sites.current(localSite)).not.toBeNull();
  await sites.hide(localSite);
  await erasures.begin({ site: localSite, since: 1, access: noAccess });
  const said = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  await start();
  expect(await sites.current(localSite)).toBeNull();
  expect(said.mock.calls.flat().join()).toContain('is being removed');
  said.mockRestore();
  await erasures.end(localSite);
  await start();
  expect(await sites.current(localSite)).not.toBeNull();
});
