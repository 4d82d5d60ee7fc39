import { type AttributeValue, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoTable } from '../store/client.dynamo.ts';
import { deleteItems } from '../store/delete-items.dynamo.ts';
import type { ErasePlace } from './place.ts';

type Key = Record<string, AttributeValue>;

/**
 * Everything of a site in a table whose keys name it, wherever in time it stands: a look is a page of a scan. That reads the whole
 * table, which costs about 13 cents for 100 GB of reads at half a unit for 4 KB, and forgets nothing that a list of keys might.
 * `isOf`: whether a partition is the site's. `text`: of items under other keys, what a text in them holds that are the site's all the same.
 */
export function scannedPlace(
  { client, table }: DynamoTable,
  name: string,
  isOf: (partition: string, site: string) => boolean,
  text?: { attribute: string; of(site: string): string },
): ErasePlace {
  const isTold = (item: Key, site: string) => text && item[text.attribute]?.S?.includes(text.of(site));
  return {
    name,
    async sweep(site, at) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new ScanCommand({
          TableName: table,
          // More than is the site's, perhaps: `isOf` is exact.
          FilterExpression: text ? 'contains(#pk, :site) OR contains(#text, :text)' : 'contains(#pk, :site)',
          ProjectionExpression: text ? '#pk, #sk, #text' : '#pk, #sk',
          ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk', ...(text && { '#text': text.attribute }) },
          ExpressionAttributeValues: { ':site': { S: `|${site}|` }, ...(text && { ':text': { S: text.of(site) } }) },
          ...(at === null ? {} : { ExclusiveStartKey: JSON.parse(at) as Key }),
        }),
      );
      const own = Items.filter((item) => isOf(item.pk?.S ?? '', site) || isTold(item, site));
      await deleteItems({ client, table }, own.map(keyOf));
      return LastEvaluatedKey ? JSON.stringify(LastEvaluatedKey) : null;
    },
  };
}

/** The partitions `<kind>|<site>` of a table. */
export function partitionsPlace({ client, table }: DynamoTable, name: string, kinds: readonly string[]): ErasePlace {
  return {
    name,
    async sweep(site) {
      for (const kind of kinds) {
        let more = true;
        while (more) {
          const { Items = [], LastEvaluatedKey } = await client.send(
            new QueryCommand({
              TableName: table,
              KeyConditionExpression: 'pk = :pk',
              ProjectionExpression: 'pk, sk',
              ExpressionAttributeValues: { ':pk': { S: `${kind}|${site}` } },
            }),
          );
          await deleteItems({ client, table }, Items.map(keyOf));
          more = LastEvaluatedKey !== undefined;
        }
      }
      return null;
    },
  };
}

function keyOf({ pk, sk }: Key): Key {
  return { ...(pk && { pk }), ...(sk && { sk }) };
}
