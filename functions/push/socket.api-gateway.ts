import {
  ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Socket } from './pusher.ts';

/**
 * WebSocket connections of API Gateway, or of what stands in for it, at the management endpoint `endpoint`
 * (`https://….amazonaws.com/stage` or `http://localhost:4566/_socket`).
 */
export function apiGatewaySocket(endpoint: string): Socket {
  const client = new ApiGatewayManagementApiClient({
    endpoint,
    maxAttempts: 2,
    // This, and no logger: `store/client.dynamo.ts` has the reasons.
    cacheMiddleware: true,
    // A dashboard that does not take its message must not hold up the stream.
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      throwOnRequestTimeout: true,
    }),
  });
  client.middlewareStack.remove('loggerMiddleware');
  return {
    async post(connectionId, message) {
      try {
        await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from(message) }));
        return 'sent';
      } catch (error) {
        if (isGone(error)) return 'gone';
        throw error;
      }
    },
    async close(connectionId) {
      try {
        await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },
  };
}

/** By status: not every stand-in names the error GoneException. */
function isGone(error: unknown): boolean {
  return error instanceof ApiGatewayManagementApiServiceException && error.$metadata.httpStatusCode === 410;
}
