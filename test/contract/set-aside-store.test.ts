import { dynamoSetAsideStore } from '../../functions/store/set-aside-store.dynamo.ts';
import { memorySetAsideStore } from '../../functions/store/set-aside-store.memory.ts';
import { testDynamo } from './dynamo.ts';
import { describeSetAsideStore } from './set-aside-store.ts';

const dynamo = testDynamo();

describeSetAsideStore('memory', memorySetAsideStore);
describeSetAsideStore('DynamoDB', () => dynamoSetAsideStore({ client: dynamo().client, table: dynamo().byPk }));
