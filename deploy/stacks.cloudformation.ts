import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

export interface StackFacts {
  /** Such as `UPDATE_COMPLETE`. */
  status: string;
  outputs: Record<string, string>;
}

/** What stands under this name; null: nothing, or what is left of a creation that failed. */
export async function stackFacts(client: CloudFormationClient, name: string): Promise<StackFacts | null> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const [stack] = Stacks;
    const status = stack?.StackStatus ?? '';
    if (!stack || /^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|DELETE_COMPLETE|REVIEW_IN_PROGRESS)$/.test(status)) return null;
    const outputs = (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]);
    return { status, outputs: Object.fromEntries(outputs) };
  } catch (error) {
    // CloudFormation has no error of its own for this.
    if (error instanceof Error && /does not exist/.test(error.message)) return null;
    throw error;
  }
}
