import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { CaptureInvoker } from './capture-invoker.ts';

export function lambdaCaptureInvoker(client: LambdaClient, functionName: string): CaptureInvoker {
  return {
    async start(request) {
      await client.send(
        new InvokeCommand({
          FunctionName: functionName,
          InvocationType: 'Event',
          Payload: new TextEncoder().encode(JSON.stringify(request)),
        }),
      );
    },
  };
}

export function invokeClient(): LambdaClient {
  return new LambdaClient({ maxAttempts: 3 });
}
