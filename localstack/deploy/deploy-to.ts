import { randomBytes } from 'node:crypto';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { cdk } from '../../deploy/cdk-command.ts';
import { Fault } from '../../deploy/fault.ts';
import { type DashboardFile, uploadSite } from '../../deploy/site-bucket.s3.ts';
import { siteFiles } from '../../deploy/site-files.ts';
import { type StackFacts, stackFacts } from '../../deploy/stacks.cloudformation.ts';
import { localClients } from '../audit/local-ports.dynamo.ts';
import { localClientId } from '../embedded/issuer/local-people.ts';
import { account, region } from '../embedded/resource-identity.ts';
import { localSite, localWriteKey, seed } from '../embedded/seed.dynamo.ts';
import { type ApiAddresses, apiAddresses, type Emulator } from './emulator.ts';

export interface DeployOptions {
  dist: string;
  assembly: string;
  /** Where browsers will find the stand-in for the edge: `http://localhost:8080`. */
  frontUrl: string;
  apiKey: string;
  /** Where people of this machine sign in. */
  issuerUrl: string;
  /** Told of each step, and runs it. */
  step<T>(what: string, work: () => Promise<T>): Promise<T>;
}

export interface Deployment {
  addresses: ApiAddresses;
  outputs: Record<string, string>;
  siteBucket: string;
  edgeSecret: string;
  site: string;
  writeKey: string;
}

const stack = 'SitePulse';
const siteBucket = 'sitepulse-site';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/**
 * Brings the synthesised stack to an emulator, or up to date there, and the site into a bucket.
 * @throws Fault when the emulator refuses.
 */
export async function deployTo({ endpoint, name }: Emulator, options: DeployOptions): Promise<Deployment> {
  const { assembly, step, dist, frontUrl, apiKey, issuerUrl } = options;
  const cloudFormation = new CloudFormationClient({
    endpoint,
    region,
    credentials,
    requestHandler: new NodeHttpHandler(),
  });
  const command = (args: string[]) =>
    cdk([...args, '--app', assembly], { environment: environmentFor(endpoint), isQuiet: true });
  const parameters: Record<string, string> = {
    EdgeSecret: randomBytes(32).toString('base64url'),
    CaptureNetworks: '127.0.0.0/8,::1/128',
    ArchiveWindowSeconds: '10',
    // Emulators have no managed login; with an issuer given, the stack makes no user pool.
    OidcIssuerUrl: issuerUrl,
    OidcClientIds: localClientId,
  };
  const deploy = () => command(['deploy', stack, '--require-approval', 'never', ...parametersText(parameters)]);
  try {
    if (!(await stackFacts(cloudFormation, 'CDKToolkit'))) {
      await step('bootstrapped', () => command(['bootstrap', `aws://${account}/${region}`]));
    }
    const before = await stackFacts(cloudFormation, stack);
    // What the APIs are called is known only when they are there; the functions have to be told.
    if (!before) await step(`deployed to ${name}`, deploy);
    const addresses = apiAddresses(endpoint, (before ?? (await there(cloudFormation))).outputs);
    Object.assign(parameters, {
      ApiEndpoint: addresses.apiUrl,
      SocketEndpoint: addresses.socketEndpoint,
      SocketUrlForBrowsers: addresses.socketUrl,
    });
    await step(before ? `brought ${name} up to date` : 'told the functions where the APIs are', deploy);
    const { outputs } = await there(cloudFormation);
    await seed(endpoint, outputs.SitesTableName ?? '', apiKey, issuerUrl);
    await step('uploaded the site', () =>
      upload(endpoint, dist, { apiUrl: frontUrl, socketUrl: addresses.socketUrl, oidc: null }),
    );
    return {
      addresses,
      outputs,
      siteBucket,
      edgeSecret: parameters.EdgeSecret ?? '',
      site: localSite,
      writeKey: localWriteKey,
    };
  } finally {
    cloudFormation.destroy();
  }
}

/** @throws Fault when the stack is not there though it was deployed. */
async function there(client: CloudFormationClient): Promise<StackFacts> {
  const facts = await stackFacts(client, stack);
  if (facts) return facts;
  throw new Fault(
    `${stack} was deployed and is not there. An emulator that rolled it back may not clean up: delete the stack, or start the emulator anew.`,
  );
}

async function upload(endpoint: string, dist: string, config: DashboardFile): Promise<void> {
  const clients = localClients(endpoint);
  try {
    // Where there is one already, in this region it is ours, and to make it again does nothing.
    await clients.s3.send(new CreateBucketCommand({ Bucket: siteBucket }));
    await uploadSite(clients.s3, siteBucket, siteFiles(dist), config);
  } finally {
    clients.close();
  }
}

const parametersText = (parameters: Record<string, string>): string[] =>
  Object.entries(parameters).flatMap(([name, value]) => ['--parameters', `${stack}:${name}=${value}`]);

/** Nothing of a real account may be used here, whatever the shell has. */
function environmentFor(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: '',
    AWS_PROFILE: '',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}
