import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { defaultPathRules } from '../../functions/contract/site.ts';
import { dynamoSiteStore } from '../../functions/sites/site-store.dynamo.ts';
import { region } from './resource-identity.ts';

/** The site that is there from the start. */
export const localSite = 'demo';
export const localWriteKey = 'demo';

/** Makes the local site where it does not exist yet, and lets `apiKey` read it. An edited configuration stays as it is. */
export async function seed(dynamoUrl: string, sitesTable: string, apiKey: string): Promise<void> {
  // What runs here is the developer's Node; the functions' own is chosen by the stack.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const client = new DynamoDBClient({
    endpoint: dynamoUrl,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: new NodeHttpHandler(),
  });
  try {
    const sites = dynamoSiteStore({ client, table: sitesTable });
    const current = await sites.current(localSite);
    // Saved anew where an older run did not list it.
    if (!current || !(await sites.all()).includes(localSite)) {
      await sites.save({
        site: localSite,
        version: 1,
        name: 'Demo site',
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        origins: ['http://localhost:*', 'http://127.0.0.1:*'],
        pathRules: defaultPathRules,
        // About what one laptop takes beside the page views.
        watchedRequestsPerSecondMax: 60,
        ...current,
      });
    }
    await sites.addWriteKey(localSite, localWriteKey);
    await sites.addApiKey(localSite, apiKey);
  } finally {
    client.destroy();
  }
}
