import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Admission } from '../contract/admission.ts';
import { dayMs } from '../contract/time-unit.ts';
import type { AdmissionRow, AdmissionRows } from './admission-rows.ts';
import type { DynamoTable } from './client.dynamo.ts';
import type { Attributes } from './item.dynamo.ts';
import { queryAll } from './query-all.dynamo.ts';

/** Counted from the scope's own day, so that every attempt writes the same item. */
export const admissionsKeptDays = 100;

/** Rows in DynamoDB: one item each, put on condition that there is none. */
export function dynamoAdmissionRows(rows: DynamoTable): AdmissionRows {
  const { client, table } = rows;
  return {
    async at(pk, slot, isConsistent) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(pk, slot), ConsistentRead: isConsistent }),
      );
      return Item ? rowOf(Item) : null;
    },

    async from(pk, slot, isConsistent) {
      const items = await queryAll(rows, {
        ConsistentRead: isConsistent,
        KeyConditionExpression: 'pk = :pk AND sk >= :from',
        ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: slotText(slot) } },
      });
      return items.map(rowOf);
    },

    async put(pk, row) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: itemOf(pk, row),
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return null;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
        return rowOf(error.Item);
      }
    },
  };
}

/** Zero-padded, so that a query brings slots in order. */
const slotText = (slot: number) => String(slot).padStart(4, '0');
function keyOf(pk: string, slot: number): Attributes {
  return { pk: { S: pk }, sk: { S: slotText(slot) } };
}

/** As stored: the slot is told by the row's and the place in its list. */
type StoredAdmission = Omit<Admission, 'slot'>;

/** Inverse: `rowOf`. */
function itemOf(pk: string, { slot, admissions }: AdmissionRow): Attributes {
  const stored = admissions.map(({ slot: _, ...rest }): StoredAdmission => rest);
  return { ...keyOf(pk, slot), a: { S: JSON.stringify(stored) }, ttl: { N: String(expiryOf(pk)) } };
}
function rowOf(item: Attributes): AdmissionRow {
  const slot = Number(item.sk?.S);
  const stored = JSON.parse(item.a?.S ?? '[]') as StoredAdmission[];
  return { slot, admissions: stored.map((admission, index) => ({ slot: slot + index, ...admission })) };
}

/** @throws RangeError when a scope's key names no day, as `pageScope` and its like write it. */
function expiryOf(pk: string): number {
  const day = Date.parse(`${pk.split('|')[3]}T00:00:00Z`);
  if (Number.isNaN(day)) throw new RangeError(`scope "${pk}" names no day`);
  return (day + admissionsKeptDays * dayMs) / 1000;
}
