/** Mutants of the guard: how an item tells what it has counted. */
import { UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Lane } from '../../../functions/contract/position.ts';
import type { Send } from '../aws/clients.ts';
import type { Mutant } from '../mutant.ts';
import { tables } from '../processor.ts';

/** Steps in on the updates of counters that carry a guard. */
function onGuarded(
  change: (input: UpdateItemCommandInput, send: Send) => Promise<unknown>,
): NonNullable<Mutant['send']> {
  return (send) => (command) => {
    if (!(command instanceof UpdateItemCommand)) return send(command);
    const { TableName, ExpressionAttributeNames } = command.input;
    if (TableName !== tables.counters || ExpressionAttributeNames?.['#g'] === undefined) return send(command);
    return change(command.input, send);
  };
}

function without<T>(record: Record<string, T> | undefined, ...names: string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record ?? {}).filter(([name]) => !names.includes(name)));
}

/** A DynamoDB number holds 38 digits. */
const numberDigits = 38;
function asNumber(position: Uint8Array | undefined): Uint8Array {
  const digits = BigInt(`0x${Buffer.from(position ?? []).toString('hex')}`).toString();
  const kept = BigInt(digits.slice(0, numberDigits).padEnd(digits.length, '0'));
  return Buffer.from(kept.toString(16).padStart(48, '0'), 'hex');
}

export const guardMutants: Mutant[] = [
  {
    name: 'no-guard',
    what: 'an item is added to whatever it has counted',
    seeds: [1, 2, 3],
    send: onGuarded(({ ConditionExpression: _, ...input }, send) => {
      const ExpressionAttributeValues = without(input.ExpressionAttributeValues, ':c');
      return send(new UpdateItemCommand({ ...input, ExpressionAttributeValues }));
    }),
  },
  {
    name: 'guard-before-write',
    what: 'the guard is moved by a write of its own, before the counters are added to',
    seeds: [1, 2, 3],
    send: onGuarded(async (input, send) => {
      const {
        ConditionExpression,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
        ...rest
      } = input;
      const { ':g': g = { B: new Uint8Array() }, ':c': c = { B: new Uint8Array() } } = values ?? {};
      const guard = { '#g': names?.['#g'] ?? '' };
      await send(
        new UpdateItemCommand({
          ...rest,
          UpdateExpression: 'SET #g = :g',
          ConditionExpression,
          ExpressionAttributeNames: guard,
          ExpressionAttributeValues: { ':g': g, ':c': c },
        }),
      );
      // Without the guard and its condition; the rest of the expression follows in either form.
      const UpdateExpression = (rest.UpdateExpression ?? '')
        .replace(/^SET #g = :g,?/, 'SET ')
        .replace(/^SET\s+ADD/, 'ADD');
      return send(
        new UpdateItemCommand({
          ...rest,
          UpdateExpression,
          ExpressionAttributeNames: without(names, '#g'),
          ExpressionAttributeValues: without(values, ':g', ':c'),
        }),
      );
    }),
  },
  {
    name: 'guard-on-last',
    what: "the guard is compared with the batch's last position, not its first",
    seeds: [2, 3, 4],
    send: onGuarded((input, send) => {
      const { ':g': g } = input.ExpressionAttributeValues ?? {};
      const isFirst = input.ConditionExpression?.includes('<');
      const ExpressionAttributeValues = { ...input.ExpressionAttributeValues, ...(isFirst && g && { ':c': g }) };
      return send(new UpdateItemCommand({ ...input, ExpressionAttributeValues }));
    }),
  },
  {
    name: 'one-guard-for-all-shards',
    what: 'positions of different shards are compared with each other',
    seeds: [1, 2, 3],
    ports: (deps) => ({ ...deps, counters: { add: (_, item) => deps.counters.add('0_0' as Lane, item) } }),
  },
  {
    name: 'position-as-number',
    what: 'positions are kept with the 38 digits of a DynamoDB number',
    seeds: [1, 2, 3],
    send: onGuarded((input, send) => {
      const values = input.ExpressionAttributeValues ?? {};
      const [g, c] = [{ B: asNumber(values[':g']?.B) }, { B: asNumber(values[':c']?.B) }];
      return send(new UpdateItemCommand({ ...input, ExpressionAttributeValues: { ...values, ':g': g, ':c': c } }));
    }),
  },
];
