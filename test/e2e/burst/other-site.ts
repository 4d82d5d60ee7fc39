import { defaultPathRules } from '../../../functions/contract/site.ts';
import { dynamoAccessStore } from '../../../functions/sites/access-store.dynamo.ts';
import { grantKey } from '../../../functions/sites/grant-key.ts';
import { dynamoSiteStore } from '../../../functions/sites/site-store.dynamo.ts';
import { localClients } from '../../../localstack/audit/local-ports.dynamo.ts';
import { readStackNames } from '../../../localstack/stack-names.ts';

/** Somebody else's site in the same installation. */
export const other = { site: 'other', writeKey: 'key-of-other', apiKey: 'sp_test_key_of_the_other_site_0123456789' };

export async function addOtherSite(awsEndpoint: string, assembly: string): Promise<void> {
  const clients = localClients(awsEndpoint);
  const table = { client: clients.dynamo, table: readStackNames(assembly).sitesTable };
  const { site, writeKey, apiKey } = other;
  const sites = dynamoSiteStore(table);
  await sites.save({
    site,
    version: 0,
    name: 'Other',
    zone: 'UTC',
    origins: ['http://localhost:*'],
    pathRules: defaultPathRules,
    watchedRequestsPerSecondMax: 60,
  });
  await sites.addWriteKey(site, writeKey);
  await grantKey(dynamoAccessStore(table), site, apiKey, { label: 'Test', scope: 'read', createdAt: 0 });
  clients.close();
}
