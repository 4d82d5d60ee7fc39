import { processorReservation } from './concurrency.ts';
import type { DeployOptions, FirstSite } from './deploy-options.ts';
import { Fault } from './fault.ts';
import type { Invitee } from './first-owner.cognito.ts';
import { assertShardsReachable } from './shards.ts';
import type { DashboardFile } from './site-bucket.s3.ts';
import type { StackFacts } from './stacks.cloudformation.ts';
import type { Owner, SiteKeys } from './tables.dynamo.ts';

/** What a deployment does to the world, so that its order can be tested without one. */
export interface DeployPorts {
  account(): Promise<{ id: string; region: string }>;
  build(): Promise<void>;
  /** Of the assembly that `synth` made. */
  cdk(args: string[]): Promise<void>;
  /** As `settings` (`name=value`) choose it, or else `cdk.json`; undefined: neither does. */
  setting(name: string, settings: string[]): unknown;
  /** Returns the names of the stacks. */
  synth(settings: string[]): Promise<string[]>;
  /** Concurrent executions that no function of the account has reserved. */
  unreservedConcurrency(): Promise<number>;
  /** Shards of a stream that take records now. */
  openShards(streamName: string): Promise<number>;
  stack(name: string): Promise<StackFacts | null>;
  /** 32 bytes or more, as text. */
  secret(): string;
  upload(bucket: string, config: DashboardFile): Promise<void>;
  /** Makes the site, unless it is there; the keys of one that it made. */
  makeSite(table: string, first: FirstSite, owner: Owner | null): Promise<SiteKeys | null>;
  /** Makes somebody a user; returns their `sub`. */
  inviteOwner(invitee: Invitee): Promise<string>;
  /** The id of any site, null: none was made yet. */
  anySite(table: string): Promise<string | null>;
  say(text: string): void;
}

export interface Deployed {
  url: string;
  apiUrl: string;
  socketUrl: string;
  made: { site: string; writeKey: string; apiKey: string } | null;
}

const main = 'SitePulse';
const edge = 'SitePulseEdge';

/**
 * Deploys, or brings up to date, and puts the site where the edge serves it. What is done already is found and left alone, so after a
 * failure the same command goes on.
 * @throws Fault
 */
export async function deployToAws(
  { first, owner, settings: given, parameters, isSure }: DeployOptions,
  ports: DeployPorts,
): Promise<Deployed> {
  const { id, region } = await ports.account();
  ports.say(`Account ${id}, ${region}`);
  const [before, edgeBefore] = [await ports.stack(main), await ports.stack(edge)];
  if (!before && !first) {
    throw new Fault(
      'Nothing is deployed here yet, and the first deployment makes the first site: say whose pages it is for, such as: npm run deploy -- --origin https://shop.example',
    );
  }
  const setting = (name: string) => ports.setting(name, given);
  await assertShardsReachable(setting, before, ports.openShards);
  const reservation = await processorReservation(setting, before, ports.unreservedConcurrency);
  // Where people sign in has to know where they come back to: where the edge is, unless somebody chose otherwise.
  const isToldUrls = setting('dashboardUrls') !== undefined;
  const settingsWith = (url: string) => [
    ...given,
    ...(reservation?.settings ?? []),
    ...(url && !isToldUrls ? [`dashboardUrls=${url}/`] : []),
  ];
  const urlBefore = edgeBefore?.outputs.Url ?? '';
  await ports.build();
  const stacks = await ports.synth(settingsWith(urlBefore));
  if (reservation) ports.say(reservation.told);
  if (!(await ports.stack('CDKToolkit'))) await ports.cdk(['bootstrap', `aws://${id}/${region}`]);

  // Both know the same secret, and keep it over upgrades; where the edge is new, both get a new one.
  const isGiven = parameters.some((one) => one.startsWith('EdgeSecret='));
  const told = [...parameters, ...(edgeBefore || isGiven ? [] : [`EdgeSecret=${ports.secret()}`])];
  const deploy = (names: string[]) =>
    ports.cdk([
      'deploy',
      ...names,
      // What another stack of ours needs was deployed by this command already.
      '--exclusively',
      ...(isSure ? ['--require-approval', 'never'] : []),
      ...names.flatMap((name) =>
        told.filter((one) => isOf(name, one)).flatMap((one) => ['--parameters', `${name}:${one}`]),
      ),
    ]);
  await deploy(stacks.filter((name) => name !== edge));
  await deploy([edge]);
  const [{ outputs }, { outputs: edgeOutputs }] = [await there(ports, main), await there(ports, edge)];
  const url = edgeOutputs.Url ?? '';
  // The first time, it has its name only now.
  if (outputs.UserPoolId && !isToldUrls && url !== urlBefore) {
    await ports.synth(settingsWith(url));
    await deploy([main]);
  }
  const table = outputs.SitesTableName ?? '';
  const site = first?.site ?? (await ports.anySite(table)) ?? '';
  const socketUrl = outputs.SocketUrl ?? '';
  const oidc = oidcOf(outputs) ?? ownIssuer(setting);
  await ports.upload(edgeOutputs.SiteBucketName ?? '', { apiUrl: url, socketUrl, site, oidc });
  // Last, as its API key is shown once: what fails before is made good by running this again.
  const owning = owner ? await ownerOf(owner, outputs, setting('siteCreators'), ports) : null;
  const made = first ? await ports.makeSite(table, first, owning) : null;
  return { url, apiUrl: url, socketUrl, made: made && first ? { site: first.site, ...made } : null };
}

/** The edge has one parameter, which the pipeline has, too; Athena's stack has none. */
function isOf(stack: string, parameter: string): boolean {
  return stack === main || (stack === edge && parameter.startsWith('EdgeSecret='));
}

async function there(ports: DeployPorts, name: string): Promise<StackFacts> {
  const facts = await ports.stack(name);
  if (facts) return facts;
  throw new Fault(
    `${name} was deployed and is not there: look at its events in the CloudFormation console, then run this again.`,
  );
}

/** @throws Fault when people sign in elsewhere than at the stack's own user pool. */
async function ownerOf(
  email: string,
  { UserPoolId: userPoolId, OidcIssuer: issuer }: Record<string, string>,
  creators: unknown,
  ports: DeployPorts,
): Promise<Owner> {
  if (!userPoolId || !issuer) {
    throw new Fault(
      `--owner is "${email}", and people sign in at an issuer of your own: run this again without --owner, and invite them from the dashboard.`,
    );
  }
  const group = typeof creators === 'string' && creators !== '*' && creators !== '' ? creators : null;
  return { issuer, subject: await ports.inviteOwner({ userPoolId, email, group }), email };
}

const scopes = ['openid', 'email', 'profile'];

/** Null: the deployment has no user pool of its own. */
function oidcOf({ OidcIssuer: issuer, OidcClientId: clientId, SignOutUrl: signOutUrl }: Record<string, string>) {
  return issuer && clientId ? { issuer, clientId, scopes, signOutUrl } : null;
}

/** The issuer that the settings name, with the first of its clients. Null: none, or no client of it is named. */
function ownIssuer(setting: (name: string) => unknown) {
  const [issuer, clientIds] = [String(setting('oidcIssuer') ?? ''), String(setting('oidcClientIds') ?? '')];
  const [clientId] = clientIds.split(',');
  return issuer && clientId ? { issuer, clientId, scopes } : null;
}
