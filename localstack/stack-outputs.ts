import { CloudFormationClient, DescribeStacksCommand, type Output } from '@aws-sdk/client-cloudformation';
import type { ClientPlace } from './audit/local-ports.dynamo.ts';
import type { StackNames } from './stack-names.ts';

/** Which output of the stack tells which name. */
const outputOf: Record<keyof StackNames, string> = {
  streamName: 'StreamName',
  streamGeneration: 'StreamGeneration',
  epoch: 'Epoch',
  countersTable: 'CountersTableName',
  visitorsTable: 'VisitorsTableName',
  admissionsTable: 'AdmissionsTableName',
  sitesTable: 'SitesTableName',
  archiveBucket: 'ArchiveBucketName',
};

/** What a deployed stack's resources are called. @throws Error when there is no such stack, or it does not tell a name. */
export async function stackOutputs(stack: string, place: ClientPlace): Promise<StackNames> {
  const client = new CloudFormationClient({ ...place, maxAttempts: 3 });
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    return namesFrom(stack, Stacks[0]?.Outputs ?? []);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ValidationError') throw error;
    throw new Error(`there is no stack "${stack}" (${error.message}): name the one that is deployed with --stack`);
  } finally {
    client.destroy();
  }
}

export function namesFrom(stack: string, outputs: readonly Pick<Output, 'OutputKey' | 'OutputValue'>[]): StackNames {
  const find = (name: keyof StackNames): string => {
    const value = outputs.find(({ OutputKey }) => OutputKey === outputOf[name])?.OutputValue;
    if (value === undefined) {
      throw new Error(`stack "${stack}" has no output ${outputOf[name]}: deploy this version of SitePulse to it first`);
    }
    return value;
  };
  return {
    streamName: find('streamName'),
    streamGeneration: Number(find('streamGeneration')),
    epoch: find('epoch'),
    countersTable: find('countersTable'),
    visitorsTable: find('visitorsTable'),
    admissionsTable: find('admissionsTable'),
    sitesTable: find('sitesTable'),
    archiveBucket: find('archiveBucket'),
  };
}
