import { describe, expect, it } from 'vitest';
import { dynamoKeyBudget } from '../../functions/ingest/key-budget.dynamo.ts';
import { memoryKeyBudget } from '../../functions/ingest/key-budget.memory.ts';
import type { KeyBudget } from '../../functions/ingest/key-budget.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
const soon = 1_795_435_200;
let keys = 0;
const freshKey = () => `key|with a bar ${++keys}`;

describe.each<[string, () => KeyBudget]>([
  ['memory', memoryKeyBudget],
  ['DynamoDB', () => dynamoKeyBudget({ client: dynamo().client, table: dynamo().byPkAndSk })],
])('a key’s budget in %s', (_name, make) => {
  it('is given out up to its end, and not beyond', async () => {
    const budget = make();
    const key = freshKey();
    const taken = [];
    for (const requests of [40, 40, 40, 20, 1]) taken.push(await budget.take(key, 7, requests, 100, soon));
    expect(taken).toEqual([true, true, false, true, false]);
  });

  it('is of one key and one window', async () => {
    const budget = make();
    const [one, other] = [freshKey(), freshKey()];
    const taken = [
      await budget.take(one, 7, 100, 100, soon),
      await budget.take(one, 7, 1, 100, soon),
      await budget.take(other, 7, 100, 100, soon),
      await budget.take(one, 8, 100, 100, soon),
    ];
    expect(taken).toEqual([true, false, true, true]);
  });

  it('gives nothing of a budget that is smaller than what is asked for', async () => {
    expect(await make().take(freshKey(), 7, 40, 10, soon)).toBe(false);
  });

  it('is shared by all who take at once', async () => {
    const budget = make();
    const key = freshKey();
    const taken = await Promise.all(Array.from({ length: 20 }, () => budget.take(key, 7, 10, 100, soon)));
    expect(taken.filter(Boolean)).toHaveLength(10);
  });
});
