import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** A table and the client to reach it: what every DynamoDB adapter is made from. */
export interface DynamoTable {
  client: DynamoDBClient;
  table: string;
}

/**
 * Attempts of one call, throttles included: the SDK's standard retry waits up to 20 s between the last ones. After that the call
 * throws, and the stream repeats the batch.
 */
const attemptsMax = 8;

/**
 * One client an entry: its connections stay open between invocations. Region, credentials and `AWS_ENDPOINT_URL` come from
 * outside, as the SDK reads them itself.
 */
export function dynamoClient(): DynamoDBClient {
  const client = new DynamoDBClient({
    maxAttempts: attemptsMax,
    // Else the chain of middlewares is put together anew for each call: a quarter of the client's CPU. Ours don't change after the first.
    cacheMiddleware: true,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 2_000,
      requestTimeout: 10_000,
      // Without it the handler only warns of a request that hangs, and the whole invocation would hang with it.
      throwOnRequestTimeout: true,
    }),
  });
  // It writes every call out for a logger that is not there: a tenth of the client's CPU.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
