import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { CaptureCaller, CaptureOutcome } from './capture-caller.ts';

export function lambdaCaptureCaller(client: LambdaClient, functionName: string): CaptureCaller {
  return {
    async take(request) {
      const Payload = new TextEncoder().encode(JSON.stringify(request));
      const answer = await client
        .send(new InvokeCommand({ FunctionName: functionName, Payload }))
        .catch((error: Error) => {
          if (error.name === 'TooManyRequestsException') return null;
          throw error;
        });
      if (!answer) return 'busy';
      const text = new TextDecoder().decode(answer.Payload);
      if (answer.FunctionError) throw new Error(`the capture function failed: ${text.slice(0, 300)}`);
      return JSON.parse(text) as CaptureOutcome;
    },
  };
}

/** One attempt: a call that was cut off may have been answered by a picture all the same, and the next run will know. */
export function captureClient(): LambdaClient {
  return new LambdaClient({ maxAttempts: 1 });
}
