import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type SecretStore, secretBytes } from './secret-store.ts';

/** The secret as item `secret|identity` of the sites table. Callers keep it in memory: each call is a write. */
export function dynamoSecretStore(
  { client, table }: { client: DynamoDBClient; table: string },
  random: (byteCount: number) => Uint8Array,
): SecretStore {
  return {
    async identitySecret() {
      const answer = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: 'secret|identity' }, sk: { S: '-' } },
          UpdateExpression: 'SET #secret = if_not_exists(#secret, :secret)',
          ExpressionAttributeNames: { '#secret': 'secret' },
          ExpressionAttributeValues: { ':secret': { B: random(secretBytes) } },
          ReturnValues: 'ALL_NEW',
        }),
      );
      const secret = answer.Attributes?.secret?.B;
      if (!secret) throw new Error('the identity secret was written, but the table did not return it');
      return secret;
    },
  };
}
