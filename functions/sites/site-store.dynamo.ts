import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { SiteConfig } from '../contract/site.ts';
import { hashApiKey } from './api-key.ts';
import { assertSiteConfig } from './site-config.ts';
import type { SiteStore } from './site-store.ts';

type Item = Record<string, AttributeValue>;
interface SitesTable {
  client: DynamoDBClient;
  table: string;
}

/** Two people saving at once is rare; eight in a row is a fault. */
const saveAttemptsMax = 8;

/**
 * Items of the sites table: `site|<id>` with `current` and one per version, `write-key|<key>`, `api-key|<sha256>`, and
 * `sites` with one per site, by which they are listed: a scan would meet the secrets beside them. A configuration is one JSON text: it
 * is read and written whole.
 */
export function dynamoSiteStore(sites: SitesTable): SiteStore {
  const current = async (site: string) => configOf(await get(sites, `site|${site}`, 'current'));
  return {
    async byWriteKey(writeKey) {
      const site = (await get(sites, `write-key|${writeKey}`, '-'))?.site?.S;
      return site === undefined ? null : current(site);
    },
    siteOfApiKey: async (apiKey) => (await get(sites, `api-key|${hashApiKey(apiKey)}`, '-'))?.site?.S ?? null,
    current,
    all: () => allSites(sites),
    version: async (site, version) => configOf(await get(sites, `site|${site}`, versionSort(version))),
    save: (config) => save(sites, config),
    async addWriteKey(site, writeKey) {
      const item = { pk: { S: `write-key|${writeKey}` }, sk: { S: '-' }, site: { S: site } };
      const added = await putIf(sites, item, 'attribute_not_exists(pk) OR site = :site', { ':site': { S: site } });
      if (!added) throw new Error(`write key "${writeKey}" belongs to another site than "${site}"`);
    },
    async addApiKey(site, apiKey) {
      const item = { pk: { S: `api-key|${hashApiKey(apiKey)}` }, sk: { S: '-' }, site: { S: site } };
      await sites.client.send(new PutItemCommand({ TableName: sites.table, Item: item }));
    },
  };
}

async function save(sites: SitesTable, config: SiteConfig): Promise<SiteConfig> {
  assertSiteConfig(config);
  // Before the site is there: a site that can't be listed would be left out of everything, a listed one that is not there is passed over.
  await sites.client.send(new PutItemCommand({ TableName: sites.table, Item: listItem(config.site) }));
  for (let attempt = 0; attempt < saveAttemptsMax; attempt++) {
    const stored = { ...config, version: (await newestVersion(sites, config.site)) + 1 };
    // The version is taken by a write-once item first; `current` only ever moves forward.
    const taken = await putIf(sites, configItem(stored, versionSort(stored.version)), 'attribute_not_exists(pk)');
    if (!taken) continue;
    await putIf(sites, configItem(stored, 'current'), 'attribute_not_exists(pk) OR version < :version', {
      ':version': { N: String(stored.version) },
    });
    return stored;
  }
  throw new Error(`site "${config.site}" was saved by others ${saveAttemptsMax} times in a row: nothing was stored`);
}

function listItem(site: string): Item {
  return { pk: { S: 'sites' }, sk: { S: site } };
}

async function allSites({ client, table }: SitesTable): Promise<string[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'sites' } },
      ConsistentRead: true,
    },
  );
  const found: string[] = [];
  for await (const { Items = [] } of pages) found.push(...Items.flatMap(({ sk }) => sk?.S ?? []));
  return found;
}

async function get({ client, table }: SitesTable, pk: string, sk: string): Promise<Item | undefined> {
  const Key = { pk: { S: pk }, sk: { S: sk } };
  const answer = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return answer.Item;
}

async function newestVersion({ client, table }: SitesTable, site: string): Promise<number> {
  const answer = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :v)',
      ExpressionAttributeValues: { ':pk': { S: `site|${site}` }, ':v': { S: 'v' } },
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    }),
  );
  return Number(answer.Items?.[0]?.version?.N ?? 0);
}

/** Whether the condition held and the item was written. */
async function putIf({ client, table }: SitesTable, item: Item, condition: string, values?: Item): Promise<boolean> {
  try {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: item,
        ConditionExpression: condition,
        ...(values && { ExpressionAttributeValues: values }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Zero-padded, so that versions sort. */
function versionSort(version: number): string {
  return `v${String(version).padStart(6, '0')}`;
}

function configItem(config: SiteConfig, sk: string): Item {
  return {
    pk: { S: `site|${config.site}` },
    sk: { S: sk },
    version: { N: String(config.version) },
    config: { S: JSON.stringify(config) },
  };
}

function configOf(item: Item | undefined): SiteConfig | null {
  const text = item?.config?.S;
  return text === undefined ? null : (JSON.parse(text) as SiteConfig);
}
