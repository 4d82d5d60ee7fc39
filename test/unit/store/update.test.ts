import { describe, expect, it } from 'vitest';
import { countersPerUpdateMax } from '../../../functions/contract/counter.ts';
import { type Lane, positionOf } from '../../../functions/contract/position.ts';
import type { ItemIncrements } from '../../../functions/store/counter-store.ts';
import { updateOf } from '../../../functions/store/update.dynamo.ts';

const lane = '0_0' as Lane;
const run: ItemIncrements = {
  key: { pk: 'p', sk: 's' },
  first: positionOf('3'),
  last: positionOf('9'),
  parts: [],
  expiresAt: 7,
};
const bytes = (position: string) => Buffer.from(position, 'hex');

describe('an update', () => {
  it('adds, sets and guards in one expression, with a placeholder for every name', () => {
    const sum = {
      counters: new Map([
        ['c:DE:p', 1],
        ['size', 1],
        ['en', 1500],
      ]),
      texts: new Map([['at', '5']]),
    };
    expect(updateOf('Counters', lane, run, sum, { before: run.first })).toMatchObject({
      Key: { pk: { S: 'p' }, sk: { S: 's' } },
      UpdateExpression: 'SET #g = :g,#s1 = :s1,#t = :t ADD #a0 :a0,#a1 :a0,#a2 :a1',
      ConditionExpression: 'attribute_not_exists(#g) OR #g < :c',
      ExpressionAttributeNames: {
        '#g': 'g_0_0',
        '#a0': 'c:DE:p',
        '#a1': 'size',
        '#a2': 'en',
        '#s1': '=at',
        '#t': 'ttl',
      },
      ExpressionAttributeValues: {
        ':g': { B: bytes(run.last) },
        ':c': { B: bytes(run.first) },
        ':a0': { N: '1' },
        ':a1': { N: '1500' },
        ':s1': { S: '5' },
        ':t': { N: '7' },
      },
      ReturnValues: 'UPDATED_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });

  it('names and values of every placeholder are used: DynamoDB refuses any that is not', () => {
    const sum = { counters: new Map(), texts: new Map() };
    const { expiresAt: _, ...kept } = run;
    const update = updateOf('Counters', lane, kept, sum, { at: positionOf('5') });
    const expressions = `${update.UpdateExpression} ${update.ConditionExpression}`;
    for (const name of Object.keys({ ...update.ExpressionAttributeNames, ...update.ExpressionAttributeValues })) {
      expect(expressions).toContain(name);
    }
    expect(expressions).toBe('SET #g = :g #g = :c');
  });

  it('of as many counters as one may have keeps within 4 KB and 300 operators', () => {
    const many = (count: number) => new Map(Array.from({ length: count }, (_, index) => [`C${index}`, index + 1]));
    const most = { counters: many(countersPerUpdateMax), texts: new Map() };
    expect(updateOf('Counters', lane, run, most, { before: run.first }).UpdateExpression?.length).toBeLessThan(4096);
    const over = { counters: many(300), texts: new Map() };
    expect(() => updateOf('Counters', lane, run, over, { before: run.first })).toThrow(RangeError);
  });
});
