/**
 * `npm run deploy`: brings SitePulse to the AWS account that your credentials are of, or up to date there, and prints where it is. The
 * first time it also makes the first site: `npm run deploy -- --origin https://shop.example`. Settings are in `cdk.json`.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { account } from './account.sts.ts';
import { cdk } from './cdk-command.ts';
import { unreservedConcurrency } from './concurrency.lambda-client.ts';
import { deployOptions } from './deploy-options.ts';
import { type Deployed, type DeployPorts, deployToAws } from './deploy-to-aws.ts';
import { Fault, run } from './fault.ts';
import { awsCognito, inviteOwner } from './first-owner.cognito.ts';
import { openShards } from './shards.kinesis.ts';
import { awsS3, uploadSite } from './site-bucket.s3.ts';
import { siteFiles } from './site-files.ts';
import { awsCloudFormation, stackFacts } from './stacks.cloudformation.ts';
import { anySite, awsDynamo, makeSite } from './tables.dynamo.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const assembly = join(dist, 'aws');

async function build(): Promise<void> {
  const child = spawn('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Fault('The build failed, see above. Nothing was deployed.');
}

function setting(name: string, settings: string[]): unknown {
  const given = settings.findLast((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  return given ?? context[name];
}

async function synth(settings: string[]): Promise<string[]> {
  const given = settings.flatMap((setting) => ['-c', setting]);
  await cdk(['synth', '--quiet', '--output', assembly, ...given], { isQuiet: true });
  const manifest = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, { type: string }>;
  };
  return Object.keys(manifest.artifacts).filter(
    (name) => manifest.artifacts[name]?.type === 'aws:cloudformation:stack',
  );
}

function realPorts(): DeployPorts {
  const cloudFormation = awsCloudFormation();
  const sites = (table: string) => ({ client: awsDynamo(), table });
  return {
    account: () => account(),
    build,
    cdk: (args) => cdk([...args, '--app', assembly]),
    setting,
    synth,
    unreservedConcurrency: () => unreservedConcurrency(),
    openShards: (streamName) => openShards(streamName),
    stack: (name) => stackFacts(cloudFormation, name),
    secret: () => randomBytes(32).toString('base64url'),
    upload: (bucket, config) => uploadSite(awsS3(), bucket, siteFiles(dist), config),
    makeSite: (table, first, owner) => makeSite(sites(table), { first, owner, now: Date.now() }, randomBytes),
    inviteOwner: (invitee) => inviteOwner(awsCognito(), invitee),
    anySite: (table) => anySite(sites(table)),
    say: (text) => console.log(text),
  };
}

function told({ url, socketUrl, made }: Deployed): string {
  const places = `
  Dashboard   ${url}/
  API         ${url}/v1/openapi.json
  WebSocket   ${socketUrl}`;
  if (!made) return places;
  return `${places}

  The site "${made.site}" is made. On each of its pages:

  <script async src="${url}/s.js" data-site="${made.writeKey}"></script>

  Its API key opens the dashboard. It is shown this once:

  ${made.apiKey}`;
}

run(async () => {
  if (process.env.AWS_ENDPOINT_URL) {
    throw new Fault(
      `AWS_ENDPOINT_URL is ${process.env.AWS_ENDPOINT_URL}, and this deploys to AWS: unset it, or use \`npm run localstack\`.`,
    );
  }
  // What runs here is the developer's Node; the functions' own is chosen by the stack.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  console.log(told(await deployToAws(deployOptions(process.argv.slice(2), zone), realPorts())));
});
