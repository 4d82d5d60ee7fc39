import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** A client with bounded waits, made once per entry. Endpoint, region and credentials come from the environment. */
export function createDynamoClient(): DynamoDBClient {
  return new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: new NodeHttpHandler({ requestTimeout: 3_000, throwOnRequestTimeout: true }),
  });
}
