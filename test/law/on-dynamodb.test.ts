import { describe, expect, it } from 'vitest';
import { dynamoCounterStore } from '../../functions/store/counter-store.dynamo.ts';
import { dynamoVisitorStore } from '../../functions/store/visitor-store.dynamo.ts';
import { testDynamo } from '../contract/dynamo.ts';
import { quietly } from './drive.ts';
import { differences } from './recount.ts';
import { small, traffic } from './traffic.ts';
import { type Gate, World } from './world.ts';

quietly();
const dynamo = testDynamo();

/** Every so-many-th write fails, by turns before it is done and after. */
function oftenFailing(every: number): Gate {
  let writes = 0;
  return async (write) => {
    const number = ++writes;
    if (number % every !== 0) return write();
    if (number % (2 * every) === 0) await write();
    throw new Error(`write ${number} failed`);
  };
}

describe('on DynamoDB', () => {
  it('each batch counts once while one write in 97 fails, in batches of changing length', {
    timeout: 60_000,
  }, async () => {
    const { client, byPk, byPkAndSk } = dynamo();
    const records = traffic({ ...small, seed: 21, loadsOfFirst: 18 });
    const world = new World(records, {
      counters: dynamoCounterStore({ client, table: byPkAndSk }),
      visitors: dynamoVisitorStore({ client, table: byPk }, '1'),
    });
    const gate = oftenFailing(97);
    await world.drain(
      0,
      (attempt) => [9, 2, 17, 5][attempt % 4] ?? 1,
      () => gate,
    );
    expect(differences(records, await world.items())).toEqual([]);
  });
});
