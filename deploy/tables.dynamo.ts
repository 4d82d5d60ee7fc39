import { DeleteTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Member } from '../functions/contract/account.ts';
import { defaultPathRules } from '../functions/contract/site.ts';
import { userIdOf } from '../functions/identity/user-id.ts';
import { noAccess } from '../functions/sites/access.ts';
import { dynamoAccessStore } from '../functions/sites/access-store.dynamo.ts';
import { dynamoErasureStore } from '../functions/sites/erasure-store.dynamo.ts';
import { grantKey } from '../functions/sites/grant-key.ts';
import { formatSecret, secretBytes } from '../functions/sites/secret.ts';
import { dynamoSiteStore } from '../functions/sites/site-store.dynamo.ts';
import { dynamoUserStore } from '../functions/sites/user-store.dynamo.ts';
import type { FirstSite } from './deploy-options.ts';
import { Fault } from './fault.ts';

const writeKeyBytes = 12;
/** What a small API takes beside the page views: `watchedRequestsPerSecondMax` can be changed at any time. */
const watchedRequestsPerSecondMax = 200;

/** Of the account and region that this process's credentials and settings are of. */
export const awsDynamo = (): DynamoDBClient => new DynamoDBClient({});

interface SitesTable {
  client: DynamoDBClient;
  table: string;
}

/** Who is to own the site: by the issuer that people sign in at, and its name for them. */
export interface Owner {
  issuer: string;
  subject: string;
  email: string;
}

export interface SiteKeys {
  writeKey: string;
  apiKey: string;
}

/**
 * Makes the site with a key of each kind, unless it is there. The API key is stored by its hash alone, so it is told here and never again.
 * @throws Fault while one of that name, which was deleted, is being removed: that would take the new one, too.
 */
export async function makeSite(
  sitesTable: SitesTable,
  { first, owner, now }: { first: FirstSite; owner: Owner | null; now: number },
  random: (byteCount: number) => Uint8Array,
): Promise<SiteKeys | null> {
  const { site } = first;
  const [sites, access] = [dynamoSiteStore(sitesTable), dynamoAccessStore(sitesTable)];
  if (await sites.current(site)) return null;
  if ((await dynamoErasureStore(sitesTable).all()).some((one) => one.site === site)) {
    throw new Fault(
      `The site "${site}" was deleted and is still being removed: run this again in half an hour, or name another by --site.`,
    );
  }
  const writeKey = `w_${Buffer.from(random(writeKeyBytes)).toString('base64url')}`;
  const apiKey = formatSecret('key', random(secretBytes));
  // The site itself comes last but for its key: a run that dies before makes it with other keys, and these open nothing.
  const members = owner ? [memberOf(owner, now)] : [];
  for (const { id } of members) await dynamoUserStore(sitesTable).join(id, site);
  await access.change(site, () => ({ ...noAccess, members, writeKeys: [{ id: writeKey, createdAt: now }] }));
  await grantKey(access, site, apiKey, { label: 'npm run deploy', scope: 'write', createdAt: now });
  await sites.save({ ...first, version: 0, pathRules: defaultPathRules, watchedRequestsPerSecondMax });
  await sites.addWriteKey(site, writeKey);
  return { writeKey, apiKey };
}

const memberOf = ({ issuer, subject, email }: Owner, since: number): Member => ({
  id: userIdOf(issuer, subject),
  role: 'owner',
  email,
  since,
});

export async function anySite(sitesTable: SitesTable): Promise<string | null> {
  return (await dynamoSiteStore(sitesTable).all())[0] ?? null;
}

/** One that is gone already is no failure. */
export async function deleteTable(client: DynamoDBClient, table: string): Promise<void> {
  await unlessGone(async () => void (await client.send(new DeleteTableCommand({ TableName: table }))), undefined);
}

/** Not one that is being deleted. */
export async function tableStands(client: DynamoDBClient, table: string): Promise<boolean> {
  const describe = async () => (await client.send(new DescribeTableCommand({ TableName: table }))).Table?.TableStatus;
  return ((await unlessGone(describe, undefined)) ?? 'DELETING') !== 'DELETING';
}

/** What `work` gives; `otherwise` where there is no such table. */
async function unlessGone<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return otherwise;
    throw error;
  }
}
