import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  type AttributeType,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { Fault } from './fault.ts';

/** Of the account and region that this process's credentials and settings are of. */
export const awsCognito = (): CognitoIdentityProviderClient => new CognitoIdentityProviderClient({});

/** Whom to make a user, where. */
export interface Invitee {
  userPoolId: string;
  email: string;
  /** Whose users may make sites; null: there is no such group. */
  group: string | null;
}

/**
 * Makes somebody a user: Cognito mails them a password for once. Who is one already stays as they are.
 * @returns their `sub`
 * @throws Fault when Cognito refuses the address.
 */
export async function inviteOwner(
  client: CognitoIdentityProviderClient,
  { userPoolId: UserPoolId, email, group: GroupName }: Invitee,
): Promise<string> {
  const subject =
    subjectOf((await create(client, UserPoolId, email)) ?? []) ?? (await known(client, UserPoolId, email));
  if (GroupName) await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: email, GroupName }));
  return subject;
}

/** Null: there is such a user already. */
async function create(client: CognitoIdentityProviderClient, UserPoolId: string, email: string) {
  try {
    const { User } = await client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: email,
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [
          { Name: 'email', Value: email },
          // Whoever can read the mail with the password has shown that the address is theirs.
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
    return User?.Attributes ?? [];
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'UsernameExistsException') return null;
    if (name === 'InvalidParameterException')
      throw new Fault(`--owner is "${email}", which Cognito refuses: ${message}`);
    throw error;
  }
}

async function known(client: CognitoIdentityProviderClient, UserPoolId: string, email: string): Promise<string> {
  const { UserAttributes = [] } = await client.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
  const subject = subjectOf(UserAttributes);
  if (!subject) throw new Error(`Cognito does not tell the sub of ${email}`);
  return subject;
}

const subjectOf = (attributes: AttributeType[]): string | undefined =>
  attributes.find(({ Name }) => Name === 'sub')?.Value;
