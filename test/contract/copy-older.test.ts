import { type AttributeValue, BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { hourKey, livePartition, pageKey } from '../../functions/contract/counter.ts';
import { laneOf, positionOf } from '../../functions/contract/position.ts';
import { minuteOf } from '../../functions/contract/time-unit.ts';
import { dynamoCounterStore } from '../../functions/store/counter-store.dynamo.ts';
import { storedItems } from '../../localstack/audit/stored-items.dynamo.ts';
import { copyOlder } from '../../localstack/rebuild/copy-older.dynamo.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
const table = () => ({ client: dynamo().client, table: dynamo().byPkAndSk });
/** The archive of `old` begins at noon; of `new` there was nothing before it; of `lost` there is none. */
const noon = Date.parse('2026-11-23T12:00:00Z');
const firsts = new Map([
  ['old', noon],
  ['new', noon - 600_000],
]);
const lane = laneOf(0, 'shardId-000000000000');
const copy = () =>
  copyOlder(table(), { ...table(), table: dynamo().byPkAndSk }, { from: '1', to: '2', firsts }, () => undefined);
const countsOf = async (pk: string) => (await storedItems(table(), pk)).map(({ counters }) => counters);

beforeAll(async () => {
  const store = dynamoCounterStore(table());
  const count = (key: { pk: string; sk: string }, position: string) => {
    const at = positionOf(position);
    const parts = [{ position: at, counters: { pv: 3 }, texts: {} }];
    return store.add(lane, { key, first: at, last: at, parts });
  };
  const hour = (site: string, at: string) => hourKey('1', site, at.slice(0, 10), Date.parse(at));
  await count(hour('old', '2026-11-22T10:00Z'), '1');
  await count(hour('old', '2026-11-23T09:00Z'), '2');
  await count(hour('old', '2026-11-23T12:00Z'), '5');
  await count(pageKey('1', 'old', '2026-11-23', 'pageid01'), '5');
  await count(pageKey('1', 'old', '2026-11-24', 'pageid01'), '6');
  await count({ pk: livePartition('1', 'old', minuteOf(noon) - 1), sk: '00' }, '4');
  await count({ pk: livePartition('1', 'old', minuteOf(noon)), sk: '00' }, '5');
  await count(hour('new', '2026-11-23T11:00Z'), '1');
  await count(hour('lost', '2026-11-20T11:00Z'), '1');
  const admission: Record<string, AttributeValue> = {
    pk: { S: '1|old|value|2026-11-22|referrer' },
    sk: { S: '0007' },
    n: { S: 'x' },
  };
  await dynamo().client.send(
    new BatchWriteItemCommand({ RequestItems: { [dynamo().byPkAndSk]: [{ PutRequest: { Item: admission } }] } }),
  );
  await copy();
});

describe('what was counted before the archive begins', () => {
  it('is copied day by day, with the guards that stand in it', async () => {
    expect(await storedItems(table(), '2|old|hour|2026-11-22')).toEqual([
      {
        key: { pk: '2|old|hour|2026-11-22', sk: '2026-11-22T10:00Z' },
        counters: { pv: 3 },
        texts: {},
        guards: { [lane]: positionOf('1') },
      },
    ]);
    expect(await countsOf('2|old|page|2026-11-23')).toEqual([{ pv: 3 }]);
    expect(await countsOf('2|lost|hour|2026-11-20')).toEqual([{ pv: 3 }]);
    expect(await storedItems(table(), '2|old|value|2026-11-22|referrer')).toHaveLength(1);
  });

  it('is not copied where the archive tells all of it', async () => {
    expect(await countsOf('2|new|hour|2026-11-23')).toEqual([]);
    expect(await countsOf('2|old|page|2026-11-24')).toEqual([]);
    expect(await countsOf(livePartition('2', 'old', minuteOf(noon) - 1))).toEqual([{ pv: 3 }]);
    expect(await countsOf(livePartition('2', 'old', minuteOf(noon)))).toEqual([]);
  });

  it('is passed over when the archive brings it again, and added to by what comes later', async () => {
    const store = dynamoCounterStore(table());
    const key = { pk: '2|old|page|2026-11-23', sk: 'pageid01' };
    const parts = ['5', '9'].map((position) => ({ position: positionOf(position), counters: { pv: 3 }, texts: {} }));
    await store.add(lane, { key, first: positionOf('2'), last: positionOf('9'), parts });
    expect(await countsOf(key.pk)).toEqual([{ pv: 6 }]);
    await copy();
    expect(await countsOf(key.pk)).toEqual([{ pv: 6 }]);
  });
});
