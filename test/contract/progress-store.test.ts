import { dynamoProgressStore } from '../../functions/store/progress-store.dynamo.ts';
import { memoryProgressStore } from '../../functions/store/progress-store.memory.ts';
import { testDynamo } from './dynamo.ts';
import { describeProgressStore } from './progress-store.ts';

const dynamo = testDynamo();
describeProgressStore('memory', memoryProgressStore);
describeProgressStore('DynamoDB', () => dynamoProgressStore({ client: dynamo().client, table: dynamo().byPkAndSk }));
