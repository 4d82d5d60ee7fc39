import { describe, expect, it } from 'vitest';
import { dynamoKeyBudget } from '../../functions/ingest/key-budget.dynamo.ts';
import { memoryKeyBudget } from '../../functions/ingest/key-budget.memory.ts';
import { budgetMs, type KeyBudget } from '../../functions/ingest/key-budget.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
const noon = Date.parse('2026-11-23T12:00:00Z');
let keys = 0;
const freshKey = () => `key|with a bar ${++keys}`;

describe.each<[string, () => KeyBudget]>([
  ['memory', memoryKeyBudget],
  ['DynamoDB', () => dynamoKeyBudget({ client: dynamo().client, table: dynamo().byPkAndSk })],
])('a key’s budget in %s', (_name, make) => {
  it('is given out up to a second’s worth, and tells when there will be as many as were asked for', async () => {
    const budget = make();
    const key = freshKey();
    const taken = [];
    for (const requests of [40, 40, 40, 20, 1]) taken.push(await budget.take(key, requests, 100, noon));
    expect(taken).toEqual([null, null, 200, null, 10]);
  });

  it('fills evenly, and holds no more than that', async () => {
    const budget = make();
    const key = freshKey();
    const taken = [await budget.take(key, 100, 100, noon)];
    for (const [requests, afterMs] of [
      [26, 250],
      [25, 250],
      [100, 60_000],
      [1, 60_000],
      [10, 60_100],
    ] as const) {
      taken.push(await budget.take(key, requests, 100, noon + afterMs));
    }
    expect(taken).toEqual([null, 10, null, null, 10, null]);
  });

  it('is of one key', async () => {
    const budget = make();
    const [one, other] = [freshKey(), freshKey()];
    const taken = [];
    for (const key of [one, one, other]) taken.push(await budget.take(key, 100, 100, noon));
    expect(taken).toEqual([null, budgetMs, null]);
  });

  it('takes no harm of a clock that is late, and lets it wait', async () => {
    const budget = make();
    const key = freshKey();
    expect(await budget.take(key, 90, 100, noon)).toBeNull();
    expect(await budget.take(key, 10, 100, noon - 50)).toBe(50);
    expect(await budget.take(key, 10, 100, noon)).toBeNull();
  });

  it('is shared by all who take at once', async () => {
    const budget = make();
    const key = freshKey();
    const taken = await Promise.all(Array.from({ length: 20 }, () => budget.take(key, 10, 100, noon)));
    expect(taken.filter((waitMs) => waitMs === null)).toHaveLength(10);
  });
});
