import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { SiteConfig } from '../contract/site.ts';
import { assertSiteConfig } from './site-config.ts';
import type { SiteEdit, SiteStore } from './site-store.ts';

type Item = Record<string, AttributeValue>;
interface SitesTable {
  /** What is saved is on no list: nothing is done to it now and then. */
  unlisted?: true;
  client: DynamoDBClient;
  table: string;
}

/** Two people saving at once is rare; eight in a row is a fault. */
const saveAttemptsMax = 8;

/**
 * Items of the sites table: `site|<id>` with `current`, one per version and one per epoch that back-fills goals, `write-key|<key>`, and `sites` with one per site, by
 * which they are listed: a scan would meet the secrets beside them. A configuration is one JSON text: it is read and written whole.
 */
export function dynamoSiteStore(sites: SitesTable): SiteStore {
  const current = async (site: string) => configOf(await get(sites, `site|${site}`, 'current'));
  return {
    async byWriteKey(writeKey) {
      const site = (await get(sites, `write-key|${writeKey}`, '-'))?.site?.S;
      return site === undefined ? null : current(site);
    },
    current,
    all: () => allSites(sites),
    version: async (site, version) => configOf(await get(sites, `site|${site}`, versionSort(version))),
    async goalsFrom(site, epoch) {
      const version = (await get(sites, `site|${site}`, `goals|${epoch}`))?.version?.N;
      return version === undefined ? null : Number(version);
    },
    async fillGoals(site, epoch, version) {
      const key = { pk: { S: `site|${site}` }, sk: { S: `goals|${epoch}` } };
      await putIf(sites, { ...key, version: { N: String(version) } }, 'attribute_not_exists(pk)');
    },
    save: (config) => save(sites, config),
    edit: (site, change) => edit(sites, site, change),
    async addWriteKey(site, writeKey) {
      const item = { pk: { S: `write-key|${writeKey}` }, sk: { S: '-' }, site: { S: site } };
      const added = await putIf(sites, item, 'attribute_not_exists(pk) OR site = :site', { ':site': { S: site } });
      if (!added) throw new Error(`write key "${writeKey}" belongs to another site than "${site}"`);
    },
    removeWriteKey: (writeKey) => remove(sites, `write-key|${writeKey}`, '-'),
    hide: (site) => remove(sites, `site|${site}`, 'current'),
    async remove(site) {
      await remove(sites, 'sites', site);
      await remove(sites, `site|${site}`, 'current');
      for (let newest = await newestVersion(sites, site); newest > 0; newest = await newestVersion(sites, site)) {
        await remove(sites, `site|${site}`, versionSort(newest));
      }
      for (const { sk } of await last(sites, site, 'goals|', 1_000)) await remove(sites, `site|${site}`, sk?.S ?? '');
    },
  };
}

async function save(sites: SitesTable, { upcoming: _before, ...config }: SiteConfig): Promise<SiteConfig> {
  assertSiteConfig(config);
  // Before the site is there: a site that can't be listed would be left out of everything, a listed one that is not there is passed over.
  if (!sites.unlisted) {
    await sites.client.send(new PutItemCommand({ TableName: sites.table, Item: listItem(config.site) }));
  }
  for (let attempt = 0; attempt < saveAttemptsMax; attempt++) {
    const stored = await take(sites, config);
    if (!stored) continue;
    // `current` only ever moves forward.
    const isOlder = 'attribute_not_exists(pk) OR version < :version';
    await putIf(sites, configItem(stored, 'current'), isOlder, { ':version': { N: String(stored.version) } });
    return stored;
  }
  throw savedByOthers(config.site);
}

async function edit(
  sites: SitesTable,
  site: string,
  change: (current: SiteConfig) => SiteEdit,
): Promise<SiteConfig | null> {
  for (let attempt = 0; attempt < saveAttemptsMax; attempt++) {
    const before = configOf(await get(sites, `site|${site}`, 'current'));
    if (!before) return null;
    const { config: wanted, upcoming } = change(before);
    const { upcoming: _before, ...config } = wanted;
    assertSiteConfig(config);
    const later = upcoming && (await take(sites, { ...config, zone: upcoming.zone }));
    const next = upcoming && later ? { ...config, upcoming: { ...upcoming, version: later.version } } : config;
    const stored = upcoming && !later ? null : await take(sites, next);
    // Versions that were taken for nothing are named by no record.
    const isUnchanged = { ':before': { N: String(before.version) } };
    if (stored && (await putIf(sites, configItem(stored, 'current'), 'version = :before', isUnchanged))) return stored;
  }
  throw savedByOthers(site);
}

/** Stores a configuration under the next version, by a write-once item; null: somebody else took it. */
async function take(sites: SitesTable, config: SiteConfig): Promise<SiteConfig | null> {
  const stored = { ...config, version: (await newestVersion(sites, config.site)) + 1 };
  return (await putIf(sites, configItem(stored, versionSort(stored.version)), 'attribute_not_exists(pk)'))
    ? stored
    : null;
}

function savedByOthers(site: string): Error {
  return new Error(`site "${site}" was saved by others ${saveAttemptsMax} times in a row: nothing was stored`);
}

async function remove({ client, table }: SitesTable, pk: string, sk: string): Promise<void> {
  await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } } }));
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

async function newestVersion(sites: SitesTable, site: string): Promise<number> {
  const [newest] = await last(sites, site, 'v', 1);
  return Number(newest?.version?.N ?? 0);
}

/** The last items of a site whose sort key begins with `prefix`. */
async function last({ client, table }: SitesTable, site: string, prefix: string, limit: number): Promise<Item[]> {
  const answer = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': { S: `site|${site}` }, ':prefix': { S: prefix } },
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  return answer.Items ?? [];
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
