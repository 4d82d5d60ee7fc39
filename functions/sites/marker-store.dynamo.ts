import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Marker, type MarkerStore, markerDate, markersKeptMs, markersPerDayMax } from './marker-store.ts';

/** Two people at one marker at once is rare; four times in a row is a fault. */
const putAttemptsMax = 4;
const textOf = (at: number) => `m_${at}`;

/** Markers in the sites table: `markers|<site>`, one item a UTC date with their number (`count`) and a text for each instant. */
export function dynamoMarkerStore({ client, table }: { client: DynamoDBClient; table: string }): MarkerStore {
  /** Null: done; else the item for which the condition did not hold. `#text` is the marker's own attribute. */
  async function update(
    site: string,
    at: number,
    { update, condition, values }: { update: string; condition: string; values: Record<string, AttributeValue> },
  ): Promise<Record<string, AttributeValue> | null> {
    const names = { '#text': textOf(at), '#ttl': 'ttl', '#count': 'count' };
    const named = Object.entries(names).filter(([name]) => `${update} ${condition}`.includes(name));
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: `markers|${site}` }, sk: { S: markerDate(at) } },
          UpdateExpression: update,
          ConditionExpression: condition,
          ExpressionAttributeNames: Object.fromEntries(named),
          ExpressionAttributeValues: values,
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
    async put(site, { at, text }) {
      const ttl = Math.ceil((Date.parse(`${markerDate(at)}T24:00:00Z`) + markersKeptMs) / 1000);
      const set = { ':text': { S: text }, ':ttl': { N: String(ttl) } };
      for (let attempt = 0; attempt < putAttemptsMax; attempt++) {
        const other = await update(site, at, {
          update: 'SET #text = :text, #ttl = :ttl ADD #count :one',
          condition: 'attribute_not_exists(#text) AND (attribute_not_exists(#count) OR #count < :max)',
          values: { ...set, ':one': { N: '1' }, ':max': { N: String(markersPerDayMax) } },
        });
        if (!other) return 'put';
        if (!(textOf(at) in other)) return 'full';
        // A request that is repeated, or a better text: nothing more to count, unless it is taken away in this moment.
        const gone = await update(site, at, {
          update: 'SET #text = :text, #ttl = :ttl',
          condition: 'attribute_exists(#text)',
          values: set,
        });
        if (!gone) return 'put';
      }
      throw new Error(`the marker of ${at} was set and removed by others ${putAttemptsMax} times in a row`);
    },

    async remove(site, at) {
      const absent = await update(site, at, {
        update: 'REMOVE #text ADD #count :less',
        condition: 'attribute_exists(#text)',
        values: { ':less': { N: '-1' } },
      });
      return absent === null;
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
