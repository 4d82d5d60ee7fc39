import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Lane, Position } from '../contract/position.ts';
import type { ItemIncrements } from './counter-store.ts';
import { type Attributes, bytesOfPosition, guardAttribute, textAttribute } from './item.dynamo.ts';
import type { RunSum } from './run.ts';
import { UnwritableError } from './unwritable-error.ts';

/** DynamoDB's bounds of one expression (docs: ServiceQuotas, "Expression parameters"). */
const expressionBytesMax = 4096;
const operatorsMax = 300;

/** Where the guard must stand for an update to be written: nowhere or before a position, or exactly at one. */
export type GuardCondition = { before: Position } | { at: Position };

/**
 * One conditional update: adds a run's sum, sets its texts, and moves the lane's guard to the run's last position.
 * Every name and value stands behind a placeholder (names hold `:`, `=` and reserved words), equal values behind the same one.
 * @throws UnwritableError when it exceeds DynamoDB's bounds, which `piecesOf` should have seen to.
 */
export function updateOf(
  table: string,
  lane: Lane,
  { key, last, expiresAt }: ItemIncrements,
  sum: RunSum,
  condition: GuardCondition,
): UpdateItemCommandInput {
  const names: Record<string, string> = { '#g': guardAttribute(lane) };
  const values: Attributes = { ':g': { B: bytesOfPosition(last) } };
  const sets = ['#g = :g'];
  const adds: string[] = [];
  const tokens = new Map<number, string>();
  for (const [name, value] of sum.counters) {
    const index = adds.length.toString(36);
    let token = tokens.get(value);
    if (token === undefined) {
      token = `:a${tokens.size.toString(36)}`;
      tokens.set(value, token);
      values[token] = { N: String(value) };
    }
    names[`#a${index}`] = name;
    adds.push(`#a${index} ${token}`);
  }
  for (const [name, text] of sum.texts) {
    const index = sets.length.toString(36);
    names[`#s${index}`] = textAttribute(name);
    values[`:s${index}`] = { S: text };
    sets.push(`#s${index} = :s${index}`);
  }
  if (expiresAt !== undefined) {
    names['#t'] = 'ttl';
    values[':t'] = { N: String(expiresAt) };
    sets.push('#t = :t');
  }
  const UpdateExpression = `SET ${sets.join(',')}${adds.length > 0 ? ` ADD ${adds.join(',')}` : ''}`;
  if (UpdateExpression.length > expressionBytesMax || sets.length + adds.length > operatorsMax) {
    const size = `${UpdateExpression.length} bytes and ${sets.length + adds.length} operators`;
    throw new UnwritableError(key, `its update has ${size}`);
  }
  const before = 'before' in condition;
  values[':c'] = { B: bytesOfPosition(before ? condition.before : condition.at) };
  return {
    TableName: table,
    Key: { pk: { S: key.pk }, sk: { S: key.sk } },
    UpdateExpression,
    ConditionExpression: before ? 'attribute_not_exists(#g) OR #g < :c' : '#g = :c',
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    ReturnValues: 'UPDATED_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ReturnConsumedCapacity: 'TOTAL',
  };
}
