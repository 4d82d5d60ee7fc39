/** Mutants of where things are counted, and for whom. */
import { PutItemCommand, QueryCommand, type QueryCommandOutput, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Admission } from '../../../functions/contract/admission.ts';
import { AdmissionCache } from '../../../functions/process/admission-cache.ts';
import type { ItemIncrements } from '../../../functions/store/counter-store.ts';
import type { Send } from '../aws/clients.ts';
import type { Item } from '../aws/expression.ts';
import type { Mutant } from '../mutant.ts';
import { tables } from '../processor.ts';

const namesMax = 5;
const countersMax = 12;
const overflow = '~';

/** Reads what there is, and then puts down one more: two who do so at once take the same slot, and only one is remembered. */
function countedAdmissions(send: Send): AdmissionCache {
  return new AdmissionCache({
    admit: async ({ pk }, name, element) => {
      const query = new QueryCommand({
        TableName: tables.admissions,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
      });
      const { Items = [] } = (await send(query)) as QueryCommandOutput;
      const admitted = Items.flatMap(({ a }) => JSON.parse(a?.S ?? '[]') as Admission[]);
      const known = admitted.find((one) => one.name === name);
      if (known || admitted.length >= namesMax) return known ?? null;
      const slot = admitted.length;
      const admission = { slot, name, ...(element && { element }), tile: slot, at: 0 };
      const Item = { pk: { S: pk }, sk: { S: String(slot) }, a: { S: JSON.stringify([admission]) } };
      await send(new PutItemCommand({ TableName: tables.admissions, Item }));
      return admission;
    },
  });
}

const vitalCounter = /\b[lic][dtm]\d\b/;

/** Adds the Web Vitals at once; what is left of the increments then goes its way. */
async function withoutVitals(send: Send, item: ItemIncrements): Promise<ItemIncrements> {
  const parts: ItemIncrements['parts'] = [];
  for (const part of item.parts) {
    const counters = { ...part.counters };
    for (const [name, amount] of Object.entries(part.counters)) {
      if (!vitalCounter.test(name)) continue;
      delete counters[name];
      await send(
        new UpdateItemCommand({
          TableName: tables.counters,
          Key: { pk: { S: item.key.pk }, sk: { S: item.key.sk } },
          UpdateExpression: 'ADD #n :n',
          ExpressionAttributeNames: { '#n': name },
          ExpressionAttributeValues: { ':n': { N: String(amount) } },
        }),
      );
    }
    parts.push({ ...part, counters });
  }
  return { ...item, parts };
}

/** A reader that knows of overflowing items adds them up. */
function withOverflow(items: Item[]): Item[] {
  return items.map((item) => ({ ...item, sk: { S: (item.sk?.S ?? '').replace(overflow, '') } }));
}

export const nameMutants: Mutant[] = [
  {
    name: 'tile-by-size',
    what: 'an item that has grown large is continued in another',
    seeds: [1, 2, 3],
    ports: (deps, { db }) => ({
      ...deps,
      counters: {
        add: (lane, item) => {
          const { pk, sk } = item.key;
          const size = Object.keys(db.peek(tables.counters, pk, sk) ?? {}).length;
          return deps.counters.add(lane, size > countersMax ? { ...item, key: { pk, sk: sk + overflow } } : item);
        },
      },
    }),
    read: withOverflow,
  },
  {
    name: 'step-not-taken-back',
    what: 'where a view is counted to come from stays as it was when the view came',
    seeds: [2],
    read: (items) => items.map((item) => (item.pk?.S?.includes('|transition|') ? { ...item, u: { N: '0' } } : item)),
  },
  {
    name: 'vitals-beside',
    what: 'Web Vitals are added to their page by a write of their own, which asks for no guard',
    seeds: [1, 2, 3],
    symptom: vitalCounter,
    ports: (deps, { send }) => ({
      ...deps,
      counters: { add: async (lane, item) => deps.counters.add(lane, await withoutVitals(send, item)) },
    }),
  },
  {
    name: 'limit-by-count',
    what: 'a name is admitted while fewer than so many are there',
    seeds: [1, 2, 3],
    ports: (deps, { send }) => ({ ...deps, admissions: countedAdmissions(send) }),
  },
  {
    name: 'slots-taken-twice',
    what: 'a slot is taken without looking whether it was taken',
    seeds: [6, 36, 59],
    send: (send) => (command) => {
      if (!(command instanceof PutItemCommand) || command.input.TableName !== tables.admissions) return send(command);
      const { ConditionExpression: _, ...input } = command.input;
      return send(new PutItemCommand(input));
    },
  },
  {
    name: 'salt-by-utc-day',
    what: "a visitor's day is the day in UTC, not the site's",
    seeds: [1, 2, 3],
    salts: (salts) => ({ ...salts, todaysSalt: (site, _, now) => salts.todaysSalt(site, 'UTC', now) }),
  },
];
