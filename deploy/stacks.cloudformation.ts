import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  paginateListStackResources,
  paginateListStacks,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { Fault } from './fault.ts';

/** A distribution takes minutes to be taken away everywhere. */
const deleteWithinSeconds = 3_600;

/** Of the account and region that this process's credentials and settings are of. */
export const awsCloudFormation = (): CloudFormationClient => new CloudFormationClient({});

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

/** Returns when it is gone. @throws Fault when CloudFormation can't delete it. */
export async function deleteStack(client: CloudFormationClient, name: string): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName: name }));
  const waiting = { client, maxWaitTime: deleteWithinSeconds, minDelay: 2, maxDelay: 15 };
  try {
    await waitUntilStackDeleteComplete(waiting, { StackName: name });
  } catch (error) {
    throw new Fault(
      `${name} could not be deleted: look at its events in the CloudFormation console, then run this again. (${(error as Error).message.slice(0, 500)})`,
    );
  }
}

/** What holds data. */
export interface DataNames {
  tables: string[];
  buckets: string[];
  /** Ids of user pools: who may look, with their addresses. */
  pools: string[];
}

/**
 * The tables, buckets and user pools that were kept when stacks of this name were deleted, whether they still stand or not. CloudFormation tells of
 * a deleted stack's resources for 90 days, by its id:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html
 */
export async function keptByDeleted(client: CloudFormationClient, name: string): Promise<DataNames> {
  const kept: DataNames = { tables: [], buckets: [], pools: [] };
  for await (const { StackSummaries = [] } of paginateListStacks(
    { client },
    { StackStatusFilter: ['DELETE_COMPLETE'] },
  )) {
    for (const { StackName, StackId } of StackSummaries) {
      if (StackName !== name) continue;
      for await (const { StackResourceSummaries = [] } of paginateListStackResources(
        { client },
        { StackName: StackId },
      )) {
        for (const { ResourceStatus, ResourceType, PhysicalResourceId } of StackResourceSummaries) {
          if (ResourceStatus !== 'DELETE_SKIPPED' || !PhysicalResourceId) continue;
          if (ResourceType === 'AWS::DynamoDB::Table') kept.tables.push(PhysicalResourceId);
          if (ResourceType === 'AWS::S3::Bucket') kept.buckets.push(PhysicalResourceId);
          if (ResourceType === 'AWS::Cognito::UserPool') kept.pools.push(PhysicalResourceId);
        }
      }
    }
  }
  return kept;
}
