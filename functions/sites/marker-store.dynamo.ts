import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Marker, type MarkerStore, markerDate, markersKeptMs, markersPerDayMax } from './marker-store.ts';

const textOf = (at: number) => `m_${at}`;

/** Markers in the sites table: `markers|<site>`, one item a UTC date with their number (`count`) and a text for each instant. */
export function dynamoMarkerStore({ client, table }: { client: DynamoDBClient; table: string }): MarkerStore {
  /** Null: done; else the item for which the condition did not hold. */
  async function update(
    site: string,
    { at, text }: Marker,
    expression: { update: string; condition: string; values: Record<string, AttributeValue> },
  ): Promise<Record<string, AttributeValue> | null> {
    const ttl = Math.ceil((Date.parse(`${markerDate(at)}T24:00:00Z`) + markersKeptMs) / 1000);
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: `markers|${site}` }, sk: { S: markerDate(at) } },
          UpdateExpression: `SET #text = :text, #ttl = :ttl ${expression.update}`,
          ConditionExpression: expression.condition,
          ExpressionAttributeNames: { '#text': textOf(at), '#ttl': 'ttl', '#count': 'count' },
          ExpressionAttributeValues: { ':text': { S: text }, ':ttl': { N: String(ttl) }, ...expression.values },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return null;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return error.Item ?? {};
      throw error;
    }
  }

  return {
    async put(site, marker) {
      const other = await update(site, marker, {
        update: 'ADD #count :one',
        condition: 'attribute_not_exists(#text) AND (attribute_not_exists(#count) OR #count < :max)',
        values: { ':one': { N: '1' }, ':max': { N: String(markersPerDayMax) } },
      });
      if (!other) return 'put';
      if (!(textOf(marker.at) in other)) return 'full';
      // A request that is repeated, or a better text: no marker is ever taken away, so there is nothing to count.
      await update(site, marker, {
        update: '',
        condition: 'attribute_exists(#count)',
        values: {},
      });
      return 'put';
    },

    async between(site, from, to) {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: {
            ':pk': { S: `markers|${site}` },
            ':from': { S: markerDate(from) },
            ':to': { S: markerDate(to) },
          },
        },
      );
      const found: Marker[] = [];
      for await (const { Items = [] } of pages) found.push(...Items.flatMap(markersOf));
      return found.filter(({ at }) => at >= from && at < to).sort((one, other) => one.at - other.at);
    },
  };
}

function markersOf(item: Record<string, AttributeValue>): Marker[] {
  return Object.entries(item).flatMap(([name, value]) => {
    const at = /^m_(\d+)$/.exec(name)?.[1];
    return at === undefined ? [] : [{ at: Number(at), text: value.S ?? '' }];
  });
}
