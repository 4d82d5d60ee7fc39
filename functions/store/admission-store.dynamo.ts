import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { Admission, AdmissionScope, ElementFacts } from '../contract/admission.ts';
import { dayMs } from '../contract/time-unit.ts';
import type { AdmissionStore } from './admission-store.ts';
import type { DynamoTable } from './client.dynamo.ts';
import type { Attributes } from './item.dynamo.ts';
import { slotsToTry } from './slot-probe.ts';

/** Counted from the scope's own day, so that every attempt writes the same item. */
const keptDays = 100;

/** Admissions in DynamoDB: one item a slot. A slot once taken stays as it is, so whoever finds a name there needs no second look. */
export function dynamoAdmissionStore({ client, table }: DynamoTable): AdmissionStore {
  async function holderOf(scope: AdmissionScope, slot: number, consistent: boolean): Promise<Admission | null> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: keyOf(scope, slot), ConsistentRead: consistent }),
    );
    return Item ? admissionOf(Item) : null;
  }

  /** Takes the slot, or says who has it. */
  async function take(scope: AdmissionScope, admission: Admission): Promise<Admission> {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: itemOf(scope, admission),
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return admission;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
      return admissionOf(error.Item);
    }
  }

  return {
    async admit(scope, name, element) {
      for (const slot of slotsToTry(scope, name)) {
        // A stale read can only miss a holder, and then the put finds it: the cheap read is as good as the consistent one.
        const wish: Admission = { slot, name, ...(element && { element }) };
        const holder = (await holderOf(scope, slot, false)) ?? (await take(scope, wish));
        if (holder.name === name) return holder;
      }
      return null;
    },

    async find(scope, name) {
      for (const slot of slotsToTry(scope, name)) {
        const holder = await holderOf(scope, slot, true);
        if (!holder) return null;
        if (holder.name === name) return holder;
      }
      return null;
    },

    async all(pk) {
      const items: Attributes[] = [];
      let start: Attributes | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName: table,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: pk } },
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        items.push(...(page.Items ?? []));
        start = page.LastEvaluatedKey;
      } while (start);
      return items.map(admissionOf);
    },
  };
}

/** Zero-padded, so that a query brings slots in order. */
function keyOf({ pk }: AdmissionScope, slot: number): Attributes {
  return { pk: { S: pk }, sk: { S: String(slot).padStart(4, '0') } };
}

/** Inverse: `admissionOf`. */
function itemOf(scope: AdmissionScope, { slot, name, element }: Admission): Attributes {
  return {
    ...keyOf(scope, slot),
    n: { S: name },
    ...(element && { e: { S: JSON.stringify(element) } }),
    ttl: { N: String(expiryOf(scope.pk)) },
  };
}
function admissionOf(item: Attributes): Admission {
  const element = item.e?.S === undefined ? undefined : (JSON.parse(item.e.S) as ElementFacts);
  return { slot: Number(item.sk?.S), name: item.n?.S ?? '', ...(element && { element }) };
}

/** @throws RangeError when a scope's key names no day, as `pageScope` and its like write it. */
function expiryOf(pk: string): number {
  const day = Date.parse(`${pk.split('|')[3]}T00:00:00Z`);
  if (Number.isNaN(day)) throw new RangeError(`scope "${pk}" names no day`);
  return (day + keptDays * dayMs) / 1000;
}
