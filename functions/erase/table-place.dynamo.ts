import { type AttributeValue, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoTable } from '../store/client.dynamo.ts';
import { deleteItems } from '../store/delete-items.dynamo.ts';
import type { ErasePlace } from './place.ts';

type Key = Record<string, AttributeValue>;

/**
 * Everything of a site in a table whose keys name it, wherever in time it stands: a look is a page of a scan. That reads the whole
 * table, which costs about 13 cents for 100 GB of reads at half a unit for 4 KB, and forgets nothing that a list of keys might.
 * `isOf`: whether a partition is the site's.
 */
export function scannedPlace(
  { client, table }: DynamoTable,
  name: string,
  isOf: (partition: string, site: string) => boolean,
): ErasePlace {
  return {
    name,
    async sweep(site, at) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new ScanCommand({
          TableName: table,
          // More than is the site's, perhaps: `isOf` is exact.
          FilterExpression: 'contains(#pk, :site)',
          ProjectionExpression: '#pk, #sk',
          ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
          ExpressionAttributeValues: { ':site': { S: `|${site}|` } },
          ...(at === null ? {} : { ExclusiveStartKey: JSON.parse(at) as Key }),
        }),
      );
      await deleteItems({ client, table }, Items.filter(({ pk }) => isOf(pk?.S ?? '', site)).map(keyOf));
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
