import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What a client's calls have consumed, in units as they are billed. */
export interface Consumption {
  writeUnits: number;
  readUnits: number;
  /** Attempts that DynamoDB throttled, whether or not a retry made them good. */
  throttles: number;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const throttling = new Set(['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException']);
const reads = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand', 'ScanCommand']);

interface Answer {
  ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[];
}

/** Has every call of `client` tell what it consumed. @returns what takes the sum since it was last asked. */
export function meter(client: DynamoDBClient): () => Consumption {
  let sum = nothing();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const input = { ReturnConsumedCapacity: 'TOTAL', ...args.input };
        const result = await next({ ...args, input });
        const { ConsumedCapacity } = result.output as Answer;
        const units = [ConsumedCapacity ?? []].flat().reduce((all, { CapacityUnits = 0 }) => all + CapacityUnits, 0);
        sum[reads.has(commandName) ? 'readUnits' : 'writeUnits'] += units;
        return result;
      },
    { step: 'initialize', name: 'consumption' },
  );
  // After the retries' middleware, so that it sees each attempt.
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (error instanceof Error && throttling.has(error.name)) sum.throttles += 1;
        throw error;
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'throttles' },
  );
  return () => {
    const taken = sum;
    sum = nothing();
    return taken;
  };
}

function nothing(): Consumption {
  return { writeUnits: 0, readUnits: 0, throttles: 0 };
}
