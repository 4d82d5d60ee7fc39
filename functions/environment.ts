/** The only place that reads `process.env`. The names are what `cdk/` sets; a missing one fails at start with its name. */
export const environmentName = {
  streamName: 'STREAM_NAME',
  streamGeneration: 'STREAM_GENERATION',
  epoch: 'EPOCH',
  countersTable: 'COUNTERS_TABLE',
  visitorsTable: 'VISITORS_TABLE',
  admissionsTable: 'ADMISSIONS_TABLE',
  sitesTable: 'SITES_TABLE',
  connectionsTable: 'CONNECTIONS_TABLE',
  capturesBucket: 'CAPTURES_BUCKET',
  archiveBucket: 'ARCHIVE_BUCKET',
  archiveRetentionDays: 'ARCHIVE_RETENTION_DAYS',
  captureRetentionDays: 'CAPTURE_RETENTION_DAYS',
  captureFunction: 'CAPTURE_FUNCTION',
  socketEndpoint: 'SOCKET_ENDPOINT',
  socketUrl: 'SOCKET_URL',
  edgeSecret: 'EDGE_SECRET',
  keyRequestsPerSecondMax: 'KEY_REQUESTS_PER_SECOND_MAX',
  captureNetworks: 'CAPTURE_NETWORKS',
  oidcIssuer: 'OIDC_ISSUER',
  oidcAudience: 'OIDC_AUDIENCE',
  oidcClientIds: 'OIDC_CLIENT_IDS',
  oidcGroupsClaim: 'OIDC_GROUPS_CLAIM',
  siteCreators: 'SITE_CREATORS',
  alarmPrefix: 'ALARM_PREFIX',
  apiUrl: 'API_URL',
  alertSender: 'ALERT_SENDER',
  logGroups: 'LOG_GROUPS',
  streamReaders: 'STREAM_READERS',
} as const;

export type EnvironmentName = (typeof environmentName)[keyof typeof environmentName];

/** @throws Error that names the variable when it is missing or empty. */
export function requireEnvironment(name: EnvironmentName): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`environment variable ${name} is not set: the stack sets it on every function that needs it`);
  return value;
}

/** What stands there between commas; none where unset. */
export function environmentList(name: EnvironmentName): string[] {
  return optionalEnvironment(name)
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Empty where unset. */
export function optionalEnvironment(name: EnvironmentName): string {
  return process.env[name] ?? '';
}

/** Of a variable such as `ingest=a,process=b`. @throws as `requireEnvironment`. */
export function requireNames(name: EnvironmentName): ReadonlyMap<string, string> {
  return new Map(
    requireEnvironment(name)
      .split(',')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/** Set where the services are not AWS's own (the SDK reads the same variable): plain HTTP needs another request handler. */
export function serviceEndpoint(): string | undefined {
  return process.env.AWS_ENDPOINT_URL || undefined;
}

/** Set for the capture function where the browser is not the one that is packed for Lambda. */
export function chromePath(): string | undefined {
  return process.env.CHROME_PATH || undefined;
}

/** All that a browser may see of the environment, which also holds credentials. */
export function browserEnvironment(): Record<string, string> {
  const seen: Record<string, string> = {};
  for (const name of ['PATH', 'HOME', 'LANG', 'TMPDIR', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH']) {
    const value = process.env[name];
    if (value) seen[name] = value;
  }
  return seen;
}
