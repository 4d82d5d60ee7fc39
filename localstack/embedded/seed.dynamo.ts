import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { defaultPathRules, type SiteConfig } from '../../functions/contract/site.ts';
import { userIdOf } from '../../functions/identity/user-id.ts';
import { dynamoAccessStore } from '../../functions/sites/access-store.dynamo.ts';
import type { AccessStore } from '../../functions/sites/access-store.ts';
import { dynamoErasureStore } from '../../functions/sites/erasure-store.dynamo.ts';
import { grantKey } from '../../functions/sites/grant-key.ts';
import { dynamoSiteStore } from '../../functions/sites/site-store.dynamo.ts';
import { dynamoUserStore } from '../../functions/sites/user-store.dynamo.ts';
import type { UserStore } from '../../functions/sites/user-store.ts';
import { localOwner, localViewer } from './issuer/local-people.ts';
import { region } from './resource-identity.ts';

/** The site that is there from the start. */
export const localSite = 'demo';
export const localWriteKey = 'demo';
/** What the demo shop wants to be reached. */
const addToBag = { what: 'event', match: 'add to bag' } as const;
const demoGoals: Pick<SiteConfig, 'goals' | 'funnels'> = {
  goals: [{ name: 'Added to the bag', ...addToBag }],
  funnels: [
    {
      name: 'From the front page to the bag',
      steps: [
        { what: 'page', match: '/' },
        { what: 'page', match: '/shop' },
        { what: 'page', match: '/shop/product/:id' },
        addToBag,
      ],
    },
  ],
};
/** `.sitepulse/local.json` holds it, for tools. */
const localKey = { label: 'This machine (.sitepulse/local.json)', scope: 'write', createdAt: 0 } as const;

/**
 * Makes the local site where it does not exist yet, and lets `apiKey` read and change it. An edited configuration stays as it is. One that
 * was deleted is made by a start after it has been removed: until then that would take the new one, too.
 * @param issuer of the local owner, who owns the site, too; null: there is none
 */
export async function seed(
  dynamoUrl: string,
  sitesTable: string,
  apiKey: string,
  issuer: string | null,
): Promise<void> {
  // What runs here is the developer's Node; the functions' own is chosen by the stack.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const client = new DynamoDBClient({
    endpoint: dynamoUrl,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: new NodeHttpHandler(),
  });
  try {
    const erasures = await dynamoErasureStore({ client, table: sitesTable }).all();
    if (erasures.some(({ site }) => site === localSite)) {
      console.warn(
        `The site "${localSite}" was deleted and is being removed: start again in half an hour to have a new one.`,
      );
      return;
    }
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
        ...demoGoals,
        ...current,
      });
    }
    await sites.addWriteKey(localSite, localWriteKey);
    const access = dynamoAccessStore({ client, table: sitesTable });
    await grantKey(access, localSite, apiKey, localKey);
    if (issuer !== null) await letIn(access, dynamoUserStore({ client, table: sitesTable }), issuer);
  } finally {
    client.destroy();
  }
}

/**
 * Lets the people of this machine look, as what they are called. A user is theirs of one issuer, whose address has the port in it: on
 * another port they are somebody new, and take the place of who they were. Whoever was made something else, or removed, stays so.
 */
async function letIn(access: AccessStore, users: UserStore, issuer: string): Promise<void> {
  const people = (
    [
      [localOwner, 'owner'],
      [localViewer, 'viewer'],
    ] as const
  ).map(([{ id, email }, role]) => {
    return { id: userIdOf(issuer, id), email, role, since: 0 };
  });
  for (const { id } of people) await users.join(id, localSite);
  await access.change(localSite, (before) => {
    if (before.members.some(({ id }) => people.some((person) => person.id === id))) return before;
    const others = before.members.filter(({ email }) => !people.some((person) => person.email === email));
    const writeKeys = before.writeKeys.length > 0 ? before.writeKeys : [{ id: localWriteKey, createdAt: 0 }];
    return { ...before, members: [...people, ...others], writeKeys };
  });
}
