import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { causeCode, Fault } from './fault.ts';

export interface Account {
  id: string;
  region: string;
}

const howToSignIn = 'Sign in (`aws sso login`, or `aws configure`), or name a profile by AWS_PROFILE.';

/**
 * Whose account, and where: asked before anything is built.
 * @throws Fault when that can't be told, and what to do.
 */
export async function account(client: STSClient = new STSClient({})): Promise<Account> {
  const region = await client.config.region().catch(() => {
    throw new Fault(
      'No region is set: say where to deploy by AWS_REGION, such as eu-central-1, or in your AWS profile.',
    );
  });
  try {
    const { Account: id } = await client.send(new GetCallerIdentityCommand({}));
    if (!id) throw new Fault(`AWS did not say whose account this is. ${howToSignIn}`);
    return { id, region };
  } catch (error) {
    throw faultOf(error, region);
  }
}

function faultOf(error: unknown, region: string): unknown {
  const { name, message } = error as Error;
  // The providers of credentials, each with a name of its own for having none.
  if (/CredentialsProviderError|ProviderError/.test(name))
    return new Fault(`There are no AWS credentials here. ${howToSignIn}`);
  if (/ExpiredToken|TokenRefreshRequired/.test(name))
    return new Fault(`The AWS credentials have expired. ${howToSignIn}`);
  if (/InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|AccessDenied/.test(name)) {
    return new Fault(`AWS refuses the credentials (${message}). ${howToSignIn}`);
  }
  const code = causeCode(error);
  if (code === 'ENOTFOUND') return new Fault(`There is no AWS in region "${region}", or no network: check AWS_REGION.`);
  return code ? new Fault(`AWS does not answer (${code}): check the network.`) : error;
}
