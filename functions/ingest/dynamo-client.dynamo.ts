import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * A client for a function that a visitor waits for, made once per entry: it gives up early, since the snippet tries again.
 * Endpoint, region and credentials come from the environment.
 */
export function ingestDynamoClient(): DynamoDBClient {
  const client = new DynamoDBClient({
    maxAttempts: 3,
    // This, and no logger: `store/client.dynamo.ts` has the reasons.
    cacheMiddleware: true,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1_000,
      requestTimeout: 2_500,
      // Without it the handler only warns of a request that hangs.
      throwOnRequestTimeout: true,
    }),
  });
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
