import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { noAccess, type SiteAccess } from './access.ts';
import { type AccessStore, changeAttemptsMax, triesMax, tryWindow } from './access-store.ts';
import type { SecretKind } from './secret.ts';

type Attributes = Record<string, AttributeValue>;

const documentKey = (site: string): Attributes => ({ pk: { S: `access|${site}` }, sk: { S: '-' } });
const itemOf: Record<SecretKind, string> = { key: 'api-key', share: 'share', invitation: 'invitation' };
const pointerKey = (kind: SecretKind, hash: string): Attributes => ({
  pk: { S: `${itemOf[kind]}|${hash}` },
  sk: { S: '-' },
});
const triesKey = (hash: string): Attributes => ({ pk: { S: `share-tries|${hash}` }, sk: { S: '-' } });

/**
 * Access in the sites table: `access|<site>` holds the document as one JSON text with the number of its replacement;
 * `api-key|<sha256>`, `share|<sha256>` and `invitation|<sha256>` name their site; `share-tries|<sha256>` counts tries.
 */
export function dynamoAccessStore({ client, table }: { client: DynamoDBClient; table: string }): AccessStore {
  async function read(Key: Attributes): Promise<Attributes | undefined> {
    return (await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  }
  /** Whether the condition held. */
  async function update(Key: Attributes, text: string, values: Record<string, AttributeValue>, condition?: string) {
    const names = [...new Set(`${text} ${condition ?? ''}`.match(/#\w+/g))].map((name) => [name, name.slice(1)]);
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key,
          UpdateExpression: text,
          ExpressionAttributeNames: Object.fromEntries(names),
          ExpressionAttributeValues: values,
          ...(condition && { ConditionExpression: condition }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
  const remove = async (Key: Attributes) => {
    await client.send(new DeleteItemCommand({ TableName: table, Key }));
  };

  return {
    read: async (site) => accessOf(await read(documentKey(site))),

    async change(site, change) {
      for (let attempt = 0; attempt < changeAttemptsMax; attempt++) {
        const item = await read(documentKey(site));
        const next = change(accessOf(item));
        const before = item?.number?.N ?? '0';
        const values = { ':a': { S: JSON.stringify(next) }, ':n': { N: String(Number(before) + 1) } };
        const isUnchanged = item
          ? { values: { ...values, ':b': { N: before } }, condition: '#number = :b' }
          : { values, condition: 'attribute_not_exists(#number)' };
        const text = 'SET #access = :a, #number = :n';
        if (await update(documentKey(site), text, isUnchanged.values, isUnchanged.condition)) return next;
      }
      throw new Error(`the access of site ${site} was changed by others ${changeAttemptsMax} times in a row`);
    },
    remove: (site) => remove(documentKey(site)),

    async point(kind, hash, site, expiresAt) {
      const ends = expiresAt === null ? null : { N: String(Math.ceil(expiresAt / 1000)) };
      const values = { ':s': { S: site }, ...(ends && { ':t': ends }) };
      await update(pointerKey(kind, hash), `SET #site = :s${ends ? ', #ttl = :t' : ''}`, values);
    },
    async find(kind, hash) {
      const item = await read(pointerKey(kind, hash));
      return item?.site?.S === undefined ? null : { site: item.site.S, lastUsedOn: item.usedOn?.S ?? null };
    },
    unpoint: (kind, hash) => remove(pointerKey(kind, hash)),
    async used(hash, date) {
      // Only where it still is, and only forward: a key that was just removed does not come back.
      const isNewer = 'attribute_exists(#site) AND (attribute_not_exists(#usedOn) OR #usedOn < :d)';
      await update(pointerKey('key', hash), 'SET #usedOn = :d', { ':d': { S: date } }, isNewer);
    },

    async takeTry(hash, now) {
      const window = { N: String(tryWindow(now)) };
      const ends = { N: String(Math.ceil(now / 1000) + 86_400) };
      const begins = { ':w': window, ':one': { N: '1' }, ':t': ends };
      const isNew = 'attribute_not_exists(#window) OR #window < :w';
      if (await update(triesKey(hash), 'SET #window = :w, #tries = :one, #ttl = :t', begins, isNew)) return true;
      const more = { ':w': window, ':one': { N: '1' }, ':max': { N: String(triesMax) } };
      return update(triesKey(hash), 'ADD #tries :one', more, '#window = :w AND #tries < :max');
    },
    async returnTry(hash, now) {
      const values = { ':w': { N: String(tryWindow(now)) }, ':less': { N: '-1' } };
      await update(triesKey(hash), 'ADD #tries :less', values, '#window = :w');
    },
  };
}

function accessOf(item: Attributes | undefined): SiteAccess {
  const text = item?.access?.S;
  return text === undefined ? structuredClone(noAccess) : (JSON.parse(text) as SiteAccess);
}
