import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Fault } from './fault.ts';

/**
 * Concurrent executions of the account in this region that no function has reserved, ours included.
 * @throws Fault when the credentials may not ask.
 */
export async function unreservedConcurrency(client: LambdaClient = new LambdaClient({})): Promise<number> {
  try {
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    return AccountLimit?.UnreservedConcurrentExecutions ?? 0;
  } catch (error) {
    if ((error as Error).name !== 'AccessDeniedException') throw error;
    throw new Fault(
      'How much the processor may reserve is not known, as AWS refuses lambda:GetAccountSettings: allow it, or choose by -c processConcurrencyReserved=0.',
    );
  }
}
