import { describe, expect, it } from 'vitest';
import { laneOf, positionOf } from '../../functions/contract/position.ts';
import { dynamoVisitorStore } from '../../functions/store/visitor-store.dynamo.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
const storeOf = (epoch: string) => dynamoVisitorStore({ client: dynamo().client, table: dynamo().byPk }, epoch);
const lane = laneOf(0, 'shardId-000000000000');
const later = 4_000_000_000;
const change = (state: string) => ({ lane, guardBefore: null, position: positionOf('7'), state, expiresAt: later });

describe('visitors of several epochs', () => {
  it('have a state in each', async () => {
    await storeOf('1').save('demo', 'aa', change('one'));
    await storeOf('2').save('demo', 'aa', change('two'));
    expect((await storeOf('1').load('demo', ['aa'], 0)).get('aa')?.state).toBe('one');
    expect((await storeOf('2').load('demo', ['aa'], 0)).get('aa')?.state).toBe('two');
    expect((await storeOf('3').load('demo', ['aa'], 0)).size).toBe(0);
  });

  it('own their loads in all of them, and what is kept of a retired load belongs to one', async () => {
    const version = { lane, position: positionOf('7'), text: 'seen' };
    expect(await storeOf('1').claimLoad('demo', 'l', 'aa', later)).toEqual({ visitor: 'aa', retired: [] });
    await storeOf('2').retireLoad('demo', 'l', version, {}, later);
    await storeOf('20').retireLoad('demo', 'l', { ...version, text: 'other' }, {}, later);
    expect(await storeOf('1').claimLoad('demo', 'l', 'bb', later)).toEqual({ visitor: 'aa', retired: [] });
    expect(await storeOf('2').claimLoad('demo', 'l', 'bb', later)).toEqual({ visitor: 'aa', retired: [version] });
  });
});
