import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Topic } from '../contract/live.ts';
import type { Connection, ConnectionStore } from './connection-store.ts';
import { formatHolder, parseHolder } from './holder-text.ts';
import { type ConnectionsTable, putTicket, takeTicket } from './tickets.dynamo.ts';
import { flagUntil, lowerFlag, paceFlag, raiseFlag, readFlag } from './watch-flag.dynamo.ts';
import { connectionMs, watchMs } from './watch-time.ts';

type Attributes = Record<string, AttributeValue>;

/** Two items a connection: under its site, what it watches, for one query of all; under its id, only whose it is. */
const bySite = (site: string, id: string): Attributes => ({ pk: { S: `site|${site}` }, sk: { S: id } });
const byId = (id: string): Attributes => ({ pk: { S: `connection|${id}` }, sk: { S: '-' } });

/** Connections in DynamoDB. `newTicket` makes what nobody can guess: at least 128 random bits as text. */
export function dynamoConnectionStore(options: ConnectionsTable & { newTicket: () => string }): ConnectionStore {
  const { client, table, newTicket } = options;

  async function read(Key: Attributes): Promise<Attributes | undefined> {
    return (await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  }
  const siteOf = async (id: string) => (await read(byId(id)))?.site?.S ?? null;

  async function openAt(site: string): Promise<Attributes[]> {
    const items: Attributes[] = [];
    let start: Attributes | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: `site|${site}` } },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start);
    return items;
  }

  return {
    async issueTicket(opens, now) {
      const ticket = newTicket();
      await putTicket(options, ticket, opens, now);
      return ticket;
    },
    redeemTicket: (ticket, now) => takeTicket(options, ticket, now),

    async connect({ id, site, topics, by }, now, end) {
      const ttl = { N: String(Math.ceil((end ?? now + connectionMs) / 1000)) };
      const until = topics.length > 0 ? now + watchMs : 0;
      const whose = { ...byId(id), site: { S: site }, ttl };
      const what = { ...bySite(site, id), ...watchAttributes(topics, until), by: { S: formatHolder(by) }, ttl };
      await client.send(new PutItemCommand({ TableName: table, Item: whose }));
      await client.send(new PutItemCommand({ TableName: table, Item: what }));
      if (until > 0) await raiseFlag(options, site, until);
    },

    async watch(id, topics, now) {
      const site = await siteOf(id);
      if (site === null) return null;
      const { topics: list, until } = watchAttributes(topics, now + watchMs);
      let watching: Connection | null;
      try {
        const { Attributes: stored } = await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: bySite(site, id),
            UpdateExpression: 'SET #topics = :topics, #until = :until',
            // A connection that has gone meanwhile, or whose time is over, stays gone.
            ConditionExpression: 'attribute_exists(pk) AND #ttl > :now',
            ExpressionAttributeNames: { '#topics': 'topics', '#until': 'until', '#ttl': 'ttl' },
            ExpressionAttributeValues: { ':topics': list, ':until': until, ':now': { N: String(now / 1000) } },
            ReturnValues: 'ALL_NEW',
          }),
        );
        watching = stored ? connectionOf(stored) : null;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return null;
        throw error;
      }
      await raiseFlag(options, site, now + watchMs);
      return watching;
    },

    async find(id) {
      const site = await siteOf(id);
      const item = site === null ? undefined : await read(bySite(site, id));
      return item ? connectionOf(item) : null;
    },

    async disconnect(id) {
      const site = await siteOf(id);
      if (site === null) return;
      const { Attributes: gone } = await client.send(
        new DeleteItemCommand({ TableName: table, Key: bySite(site, id), ReturnValues: 'ALL_OLD' }),
      );
      await client.send(new DeleteItemCommand({ TableName: table, Key: byId(id) }));
      if (untilOf(gone) === 0) return;
      // The flag is read before the others are: a watch that begins in between raises it, and the lowering misses.
      const before = await flagUntil(options, site);
      const left = Math.max(0, ...(await openAt(site)).map(untilOf));
      if (left < before) await lowerFlag(options, site, before, left);
    },

    connectionsOf: async (site) => (await openAt(site)).flatMap((item) => connectionOf(item) ?? []),
    async watchers(site, now) {
      const looking = (await openAt(site)).filter((item) => untilOf(item) > now && expiryOf(item) > now);
      return looking.flatMap((item) => connectionOf(item) ?? []);
    },
    watchOf: (site, now) => readFlag(options, site, now),
    setPace: (site, everyMs) => paceFlag(options, site, everyMs),
  };
}

/** Inverse: `connectionOf`, `untilOf`. */
function watchAttributes(topics: Topic[], until: number) {
  return { topics: { L: topics.map((topic) => ({ S: topic })) }, until: { N: String(until) } };
}
/** Null: it was opened before it was kept who opened it; its dashboard is told to come back. */
function connectionOf(item: Attributes): Connection | null {
  const by = parseHolder(item.by?.S ?? '');
  if (!by) return null;
  const site = (item.pk?.S ?? '').slice('site|'.length);
  return {
    id: item.sk?.S ?? '',
    site,
    topics: (item.topics?.L ?? []).flatMap(({ S }) => (S === undefined ? [] : [S])),
    by,
  };
}
function untilOf(item: Attributes | undefined): number {
  return Number(item?.until?.N ?? 0);
}
function expiryOf(item: Attributes): number {
  return Number(item.ttl?.N ?? 0) * 1000;
}
