import {
  type CognitoIdentityProviderClient,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';

/**
 * With everybody in it. It is protected against deletion until this very moment:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html
 * One that is gone already is no failure.
 */
export async function deleteUserPool(client: CognitoIdentityProviderClient, UserPoolId: string): Promise<void> {
  await unlessGone(async () => {
    await client.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'INACTIVE' }));
    await client.send(new DeleteUserPoolCommand({ UserPoolId }));
  });
}

export async function userPoolStands(client: CognitoIdentityProviderClient, UserPoolId: string): Promise<boolean> {
  return unlessGone(async () => void (await client.send(new DescribeUserPoolCommand({ UserPoolId }))));
}

/** False where there is no such pool. */
async function unlessGone(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return false;
    throw error;
  }
}
