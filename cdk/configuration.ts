import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';

/** What a deployment may choose, from the `context` of `cdk.json` or `-c name=value`. */
export interface Configuration {
  /**
   * Shards of the stream: each takes 1 MB/s or 1,000 records/s and costs about $11 a month. 1..500.
   * @default 1
   */
  shards: number;
  /**
   * Let Kinesis choose the number of shards: dearer where traffic is small (about $29 a month idle), no limit to set.
   * @default false
   */
  onDemandStream: boolean;
  /**
   * Raised by one when the stream is made anew: positions of two streams can't be compared, so each has its own guards. 0..1295.
   * @default 0
   */
  streamGeneration: number;
  /**
   * Which build of the counters is read and written. Raised by a rebuild. 1..999999.
   * @default 1
   */
  epoch: number;
  /**
   * Days that the functions' logs are kept: a number of days that CloudWatch offers, such as 7, 30 or 90.
   * @default 30
   */
  logRetentionDays: number;
  /**
   * Days that pictures of pages are kept. 1..3650.
   * @default 90
   */
  captureRetentionDays: number;
  /**
   * Days that records are kept that could not be counted, so that they can be played again. 7..3650.
   * @default 365
   */
  failedRetentionDays: number;
  /**
   * Days that the archive keeps accepted records, for audit, rebuild and SQL: as long as the counters of a day by default. 7..3650.
   * @default 400
   */
  archiveRetentionDays: number;
  /**
   * Add the stack `SitePulseSql`: Athena's tables over the archive. Costs nothing until somebody asks; AWS only.
   * @default false
   */
  archiveSql: boolean;
  /**
   * Events' requests a second that the HTTP API lets through, of all sites; more are answered 429, and the snippet tries again. As many
   * again of dashboards and tools. 1..10000.
   * @default 2000
   */
  requestsPerSecondMax: number;
  /**
   * Requests that may come at once above that rate, of either. 1..5000.
   * @default 4000
   */
  requestBurstMax: number;
  /**
   * Requests a second that one write key may send, about (functions/ingest/key-limit.ts says how about); more are answered 429 with
   * Retry-After, and the snippet tries again. A page in view sends two a minute. 1..10000.
   * @default 500
   */
  keyRequestsPerSecondMax: number;
  /**
   * Ingest functions at once, which caps what a flood can cost. 0: no cap, as new accounts may have too few to reserve. 0..1000.
   * @default 0
   */
  ingestConcurrencyMax: number;
  /**
   * Pictures of pages that are taken at once, which caps what retakes can cost; the others wait. 0: no cap, as above. 0..1000.
   * @default 0
   */
  captureConcurrencyMax: number;
  /**
   * Your own OIDC issuer, as its access tokens have it in `iss`.
   * @default '' - a Cognito user pool with managed login is made, into which only its operator invites people
   */
  oidcIssuer: string;
  /**
   * Of your own issuer: values of `aud`, of which a token must have one, separated by commas. Give this or `oidcClientIds`, or both.
   * @default ''
   */
  oidcAudience: string;
  /**
   * Of your own issuer: values of `client_id` (or `azp`), of which a token must have one, separated by commas. The first is the dashboard.
   * @default ''
   */
  oidcClientIds: string;
  /**
   * Of your own issuer: the claim of an access token that lists a user's groups.
   * @default 'cognito:groups'
   */
  oidcGroupsClaim: string;
  /**
   * The group whose users may make sites; `*`: whoever the issuer lets in, which an issuer that lets in the
   * world makes everybody.
   * @default 'owners'
   */
  siteCreators: string;
  /**
   * Where the dashboard is opened, separated by commas: Cognito returns to these addresses and no other. Not in `cdk.json`: where it is
   * not chosen, `npm run deploy` names the edge's own.
   * @default 'http://localhost:8080/'
   */
  dashboardUrls: string;
  /**
   * Processor functions that the account keeps free, so that no other function can starve it, and that it never runs more of: at least
   * one a shard. 0: none. Not in `cdk.json`: where it is not chosen, `npm run deploy` reserves two a shard if the account has them. 0..1000.
   * @default 0
   */
  processConcurrencyReserved: number;
  /**
   * Addresses that alarms are mailed to, separated by commas, at most 20. Each is sent a confirmation first. '': none.
   * @default ''
   */
  alarmEmails: string;
  /**
   * The Slack channel that alarms are posted to, by ids as `workspace/channel`: `T0123ABCD/C0123ABCD`. The workspace is authorised once, by
   * hand, in the console of Amazon Q Developer in chat applications. '': none.
   * @default ''
   */
  alarmSlack: string;
  /**
   * Rage clicks in five minutes, of all sites, above which the alarm RageSurge rings. 1..1000000.
   * @default 200
   */
  rageClicksMax: number;
  /**
   * Have X-Ray trace the functions (about $5 a million traces; the first 100,000 a month are free).
   * @default false
   */
  tracing: boolean;
  /**
   * The name under which the edge serves dashboard, snippet and API, such as `pulse.shop.example`. Best a subdomain of the site's own.
   * @default '' - CloudFront's own name
   */
  domainName: string;
  /**
   * The domain's certificate, in us-east-1, as CloudFront asks. Needed with `domainName`.
   * @default ''
   */
  certificateArn: string;
  /**
   * The Route 53 zone in which the domain gets its records.
   * @default '' - whoever runs the domain's DNS points it to `DistributionDomainName`
   */
  hostedZoneId: string;
}

const wholeNumber = (otherwise: number, min: number, max: number): Setting<number> => ({
  otherwise,
  read(value) {
    // Values given by `-c` arrive as text.
    const found = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    return typeof found === 'number' && Number.isInteger(found) && found >= min && found <= max ? found : undefined;
  },
  fix: `a whole number from ${min} to ${max}, such as ${otherwise}`,
});

const trueOrFalse = (otherwise: boolean): Setting<boolean> => ({
  otherwise,
  read: (value) => ({ true: true, false: false })[String(value)],
  fix: 'true or false',
});

const textLike = (pattern: RegExp, fix: string, otherwise = ''): Setting<string> => ({
  otherwise,
  read: (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined),
  fix,
});

const offeredRetentionDays = Object.values(RetentionDays).filter(
  (days): days is RetentionDays => typeof days === 'number' && days < 9999,
);

const logRetention = (otherwise: number): Setting<number> => ({
  otherwise,
  read: (value) => offeredRetentionDays.find((days) => days === Number(value)),
  fix: `one of ${offeredRetentionDays.join(', ')}`,
});

/** How each choice is read. A new one is a line here, its field above, and its default in `cdk.json` (but for what a deployment decides). */
const settings: { [Field in keyof Configuration]: Setting<Configuration[Field]> } = {
  shards: wholeNumber(1, 1, 500),
  onDemandStream: trueOrFalse(false),
  streamGeneration: wholeNumber(0, 0, 1295),
  epoch: wholeNumber(1, 1, 999_999),
  logRetentionDays: logRetention(30),
  captureRetentionDays: wholeNumber(90, 1, 3650),
  failedRetentionDays: wholeNumber(365, 7, 3650),
  archiveRetentionDays: wholeNumber(400, 7, 3650),
  archiveSql: trueOrFalse(false),
  requestsPerSecondMax: wholeNumber(2000, 1, 10_000),
  requestBurstMax: wholeNumber(4000, 1, 5000),
  keyRequestsPerSecondMax: wholeNumber(500, 1, 10_000),
  ingestConcurrencyMax: wholeNumber(0, 0, 1000),
  captureConcurrencyMax: wholeNumber(0, 0, 1000),
  oidcIssuer: textLike(/^(https:\/\/\S+)?$/, 'the issuer’s address, as tokens have it in iss'),
  oidcAudience: textLike(/^[^\s,]*(,[^\s,]+)*$/, 'values of aud, separated by commas'),
  oidcClientIds: textLike(/^[^\s,]*(,[^\s,]+)*$/, 'client ids, separated by commas'),
  oidcGroupsClaim: textLike(/^\S{1,200}$/, 'the name of a claim', 'cognito:groups'),
  siteCreators: textLike(/^(\*|[\w:.-]{1,128})$/, 'the name of a group, or * for whoever the issuer lets in', 'owners'),
  dashboardUrls: textLike(
    /^https?:\/\/[^\s,]+(,https?:\/\/[^\s,]+)*$/,
    'addresses, separated by commas',
    'http://localhost:8080/',
  ),
  processConcurrencyReserved: wholeNumber(0, 0, 1000),
  alarmEmails: textLike(
    /^(|[^\s@,]+@[^\s@,]+\.[^\s@,]+(, *[^\s@,]+@[^\s@,]+\.[^\s@,]+){0,19})$/,
    'at most 20 addresses, separated by commas, such as ops@example.com',
  ),
  alarmSlack: textLike(
    /^(|[A-Z0-9]{8,20}\/[A-Z0-9]{8,20})$/,
    'the ids of workspace and channel, such as T0123ABCD/C0123ABCD',
  ),
  rageClicksMax: wholeNumber(200, 1, 1_000_000),
  tracing: trueOrFalse(false),
  domainName: textLike(
    /^(|(?!.{254})([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})$/,
    'a domain name such as pulse.shop.example, or nothing',
  ),
  certificateArn: textLike(
    /^(|arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+)$/,
    'the ARN of a certificate in us-east-1, such as arn:aws:acm:us-east-1:123456789012:certificate/…',
  ),
  hostedZoneId: textLike(/^(|Z[A-Z0-9]{1,31})$/, 'the id of a Route 53 zone, such as Z0123456789ABCDEFGHIJ'),
};

interface Setting<T> {
  otherwise: T;
  /** Undefined: the value can't be used. */
  read(value: unknown): T | undefined;
  /** What to write instead, as the end of a sentence. */
  fix: string;
}

/**
 * The choices that are given, and the defaults of the others. `place`: where they stand, for errors.
 * @throws Error that names the field, the value found and what to write instead, or the field that does not exist.
 */
export function configurationOf(given: Readonly<Record<string, unknown>>, place = 'property'): Configuration {
  const names = Object.keys(settings) as (keyof Configuration)[];
  for (const name of Object.keys(given)) if (!(name in settings)) throw unknown(name, names, place);
  const chosen = names.map((name) => {
    const { otherwise, read, fix } = settings[name];
    const found = given[name] ?? otherwise;
    const value = read(found);
    if (value === undefined) throw new Error(`${place} "${name}" is ${JSON.stringify(found)}: write ${fix}`);
    return [name, value];
  });
  const configuration = Object.fromEntries(chosen) as Configuration;
  const { domainName, certificateArn, hostedZoneId } = configuration;
  if ((domainName === '') !== (certificateArn === '')) {
    throw new Error(`${place} "domainName" and "certificateArn" go together: give both, or none of them`);
  }
  if (hostedZoneId && !domainName)
    throw new Error(`${place} "hostedZoneId" is of no use without "domainName": give both`);
  return configuration;
}

/** The choices that stand in the context of `cdk.json`, or were given by `-c name=value`. @throws as `configurationOf`. */
export function readConfiguration(node: Node): Configuration {
  const context = node.getAllContext() as Record<string, unknown>;
  // Names with a sign in them are the CDK's own: its switches, and what it has looked up.
  const own = Object.entries(context).filter(([name]) => /^\w+$/.test(name));
  return configurationOf(Object.fromEntries(own), 'in cdk.json (or by -c) the context');
}

function unknown(name: string, names: string[], place: string): Error {
  const near = names.find((other) => distance(name.toLowerCase(), other.toLowerCase()) <= 3);
  const fix = near ? `did you mean "${near}"?` : `there are ${names.join(', ')}`;
  return new Error(`${place} "${name}" is no setting of SitePulse: ${fix}`);
}

/** How many letters have to be put in, left out or changed (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let at = 1; at <= from.length; at++) {
    const next = [at];
    for (let column = 1; column <= to.length; column++) {
      const changed = (row[column - 1] ?? 0) + (from[at - 1] === to[column - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
