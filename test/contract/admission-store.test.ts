import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { elementScope, pageScope, valueScope } from '../../functions/contract/admission.ts';
import { elementPartition } from '../../functions/contract/counter.ts';
import { formatPlace, placeOf } from '../../functions/contract/place.ts';
import { dynamoAdmissionRows } from '../../functions/store/admission-rows.dynamo.ts';
import { memoryAdmissionRows } from '../../functions/store/admission-rows.memory.ts';
import { dynamoAdmissionStore } from '../../functions/store/admission-store.dynamo.ts';
import { memoryAdmissionStore } from '../../functions/store/admission-store.memory.ts';
import { describeAdmissionStore } from './admission-store.ts';
import { testDynamo } from './dynamo.ts';
import { describeFirstCome } from './first-come.ts';

const dynamo = testDynamo();
const makeDynamo = () => dynamoAdmissionStore({ client: dynamo().client, table: dynamo().byPkAndSk });

describeAdmissionStore('memory', memoryAdmissionStore);
describeAdmissionStore('DynamoDB', makeDynamo);
describeFirstCome('memory', memoryAdmissionRows);
describeFirstCome('DynamoDB', () => dynamoAdmissionRows({ client: dynamo().client, table: dynamo().byPkAndSk }));

describe('admissions in DynamoDB alone', () => {
  it('expire 100 days after the day of their scope, whatever kind it is', async () => {
    const day = '2026-11-23';
    const scopes = [
      pageScope('1', 'ttl', day),
      valueScope('1', 'ttl', day, 'referrer'),
      elementScope(elementPartition('1', 'ttl', day, 'abcdefgh', 'mobile')),
    ];
    for (const scope of scopes) {
      const name = scope.isFirstCome ? formatPlace(placeOf('c', '#buy', [0, 0], [40, 20])) : 'name';
      const slot = (await makeDynamo().admit(scope, name))?.slot;
      const { Item } = await dynamo().client.send(
        new GetItemCommand({
          TableName: dynamo().byPkAndSk,
          Key: { pk: { S: scope.pk }, sk: { S: String(slot).padStart(4, '0') } },
        }),
      );
      expect(Item?.ttl).toEqual({ N: String(Date.parse('2027-03-03T00:00:00Z') / 1000) });
    }
  });

  it('refuse a scope whose key names no day', async () => {
    await expect(makeDynamo().admit({ pk: 'nothing', slotCount: 8 }, 'name')).rejects.toThrow('names no day');
  });
});
