import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeApi } from './api-template.ts';
import { Checkpoints } from './checkpoints.ts';
import { startDynamo } from './dynamodb.ts';
import { awsEndpoint } from './endpoint.ts';
import { type EventSourceMapping, startMapping } from './event-source-mapping.ts';
import { demoSite, front } from './front.ts';
import { FunctionLog } from './function-log.ts';
import { httpApi } from './http-api.ts';
import { issuerPath, localIssuer } from './issuer/issuer.ts';
import { localClientId } from './issuer/local-people.ts';
import { createStreams, startKinesis } from './kinesis.ts';
import { startLambda } from './lambda.ts';
import { type Door, takePort } from './listen.ts';
import { logGroupsOf, logs } from './logs.ts';
import { startMonitoring } from './monitoring.ts';
import { openS3 } from './s3.ts';
import { startSchedules } from './schedule.ts';
import { localSite, localWriteKey, seed } from './seed.dynamo.ts';
import { createTables } from './tables.ts';
import { readTemplate, type Template } from './template.ts';
import { webSocketApi } from './websocket-api.ts';

export interface Ports {
  /** Dashboard, API, snippet and WebSocket. 0 in any of them: any free port. */
  front: number;
  demo: number;
  aws: number;
}

export interface CloudOptions {
  ports: Ports;
  /** Holds data and logs. */
  stateDir: string;
  /** What the build wrote. */
  dist: string;
  /** What the synthesis wrote. */
  assembly: string;
  apiKey: string;
  /** Begin without the data of earlier runs. */
  fresh?: boolean;
  /** Of the template, beside those that the embedded cloud sets. */
  parameters?: Record<string, string>;
  /** For the functions, beside what AWS gives them: where a browser is, and the like. */
  environment?: Record<string, string>;
  /**
   * By how much the clock of the functions and of the stream differs from this machine's, ms. Below 0, what comes in now is old when the
   * same data are run again without it.
   */
  clockOffsetMs?: number;
  /** The address at which functions and mappings reach a service, where it is not the service's own: to break calls on their way. */
  route?(service: RoutedService, url: string): Promise<string>;
}

/** `aws`: all others, the management of WebSocket connections among them. */
export type RoutedService = 'kinesis' | 'dynamodb' | 'aws';

export interface Cloud {
  urls: {
    dashboardUrl: string;
    apiUrl: string;
    socketUrl: string;
    snippetUrl: string;
    demoUrl: string;
    awsEndpoint: string;
  };
  site: string;
  writeKey: string;
  /** The last lines that a function wrote: `ingest`, `process`, `archive`, `query`, `socket`, `capture`. */
  logOf(fn: string): readonly string[];
  /** Ends one instance of a function, such as `process-3`, as a crash would. False when there is none of this name. */
  kill(instance: string): Promise<boolean>;
  /** Stops taking requests, lets what is under way end, and ends every child. Data stay. */
  close(): Promise<void>;
}

const stack = 'SitePulse';

/** Runs the synthesised template on this machine. @throws PortInUseError, or Error that says what of the template can't be run. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const closers: (() => Promise<void>)[] = [];
  const close = closeOnce(closers);
  try {
    return await start(options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** What was started last is closed first. */
function closeOnce(closers: (() => Promise<void>)[]): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= (async () => {
      for (const closer of closers.splice(0).reverse()) await closer();
    })();
    return closing;
  };
}

async function start(
  options: CloudOptions,
  closers: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<Cloud> {
  const { stateDir, dist, apiKey, clockOffsetMs = 0 } = options;
  const doors = await takePorts(options.ports, closers);
  const urls = urlsOf(doors);
  const data = join(stateDir, 'data');
  if (options.fresh)
    for (const folder of [data, join(stateDir, 'logs')]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });

  const route = options.route ?? (async (_service: RoutedService, url: string) => url);
  const awsUrl = await route('aws', `http://127.0.0.1:${doors.aws.port}`);
  const issuerUrl = `${urls.apiUrl}${issuerPath}`;
  const template = readTemplate(options.assembly, stack, {
    SocketEndpoint: `${awsUrl}/_socket`,
    SocketUrlForBrowsers: urls.socketUrl,
    ApiEndpoint: urls.apiUrl,
    AlertSender: 'alerts@sitepulse.example',
    CaptureNetworks: '127.0.0.0/8,::1/128',
    ArchiveWindowSeconds: '10',
    OidcIssuerUrl: issuerUrl,
    OidcClientIds: localClientId,
    ...options.parameters,
  });
  const services = await startServices(template, data, clockOffsetMs, closers);
  const kinesisUrl = await route('kinesis', services.kinesisUrl);
  const dynamoUrl = await route('dynamodb', services.dynamoUrl);
  const s3 = openS3(join(data, 's3'), template);
  const monitoring = startMonitoring(template, join(stateDir, 'logs'));
  closers.push(() => monitoring.close());
  const { measure } = monitoring;
  const lambda = startLambda(template, {
    logFolder: join(stateDir, 'logs'),
    measure,
    clockOffsetMs,
    // They reach the two busy services directly, and the others through the one endpoint.
    environment: {
      AWS_ENDPOINT_URL: awsUrl,
      AWS_ENDPOINT_URL_KINESIS: kinesisUrl,
      AWS_ENDPOINT_URL_DYNAMODB: dynamoUrl,
      ...options.environment,
    },
  });
  closers.push(() => lambda.close());
  await seed(services.dynamoUrl, tableOf(template, 'SITES_TABLE'), apiKey, issuerUrl);

  const checkpoints = new Checkpoints(join(data, 'checkpoints.json'));
  const mappings = template
    .ofType('AWS::Lambda::EventSourceMapping')
    .map((mapping) => startMapping(mapping, kinesisUrl, { lambda, s3, checkpoints, report, measure }));
  services.onWrite(() => wake(mappings));
  closers.push(async () => void (await Promise.all(mappings.map((mapping) => mapping.close()))));

  const sockets = webSocketApi(describeApi(template, 'WEBSOCKET'), lambda);
  const api = httpApi(describeApi(template, 'HTTP'), lambda);
  const outbox = new FunctionLog(join(stateDir, 'logs', 'mail.log'));
  closers.push(() => outbox.close());
  const functionLogs = logs(logGroupsOf(template), (fn) => lambda.logOf(fn));
  doors.aws.open(
    awsEndpoint({ ...services, lambda, s3, sockets, cloudWatch: monitoring.cloudWatch, logs: functionLogs, outbox }),
  );
  const oidc = { issuer: issuerUrl, clientId: localClientId, scopes: ['openid', 'email', 'profile'] };
  const config = { apiUrl: urls.apiUrl, socketUrl: urls.socketUrl, oidc };
  const dashboards = [urls.dashboardUrl, urls.dashboardUrl.replace('localhost', '127.0.0.1')];
  const issuer = localIssuer(issuerUrl, dashboards, data);
  closers.push(() => issuer.close());
  const { handle, upgrade } = front({ dist, api, sockets, issuer, config });
  doors.front.open(handle, upgrade);
  doors.demo.open(demoSite(dist, urls.snippetUrl));
  // No one comes in any more while those who are there are let go: a dashboard would be back within the second.
  closers.push(async () => {
    const shut = doors.front.close();
    await sockets.close();
    await shut;
  });
  closers.push(() => doors.demo.close());
  monitoring.start();
  const schedules = startSchedules(template, { lambda, file: join(data, 'schedules.json') });
  closers.push(async () => schedules.close());
  for (const name of ['ingest', 'query', 'socket']) if (lambda.has(name)) lambda.warm(name);
  const { logOf, kill } = lambda;
  return { urls, site: localSite, writeKey: localWriteKey, logOf, kill, close };
}

async function takePorts(ports: Ports, closers: (() => Promise<void>)[]): Promise<Record<keyof Ports, Door>> {
  const take = async (port: number, purpose: string) => {
    const door = await takePort(port, purpose);
    closers.push(() => door.close());
    return door;
  };
  return {
    front: await take(ports.front, 'dashboard and API'),
    demo: await take(ports.demo, 'demo site'),
    aws: await take(ports.aws, 'AWS endpoint'),
  };
}

async function startServices(
  template: Template,
  data: string,
  clockOffsetMs: number,
  closers: (() => Promise<void>)[],
) {
  mkdirSync(join(data, 'dynamodb'), { recursive: true });
  const kinesis = startKinesis(join(data, 'kinesis'), clockOffsetMs).then((server) => {
    closers.push(() => server.close());
    return server;
  });
  const dynamo = startDynamo({ path: join(data, 'dynamodb'), port: 0 }).then((server) => {
    closers.push(() => server.close());
    return server;
  });
  // Both settle before either's failure is passed on, so that none is left running.
  await Promise.allSettled([kinesis, dynamo]);
  const { url: kinesisUrl, onWrite } = await kinesis;
  const { url: dynamoUrl } = await dynamo;
  await Promise.all([createStreams(kinesisUrl, template), createTables(dynamoUrl, template)]);
  return { kinesisUrl, dynamoUrl, onWrite };
}

function urlsOf(doors: Record<keyof Ports, Door>): Cloud['urls'] {
  const origin = `http://localhost:${doors.front.port}`;
  return {
    dashboardUrl: `${origin}/`,
    apiUrl: origin,
    socketUrl: `ws://localhost:${doors.front.port}/socket`,
    snippetUrl: `${origin}/s.js`,
    demoUrl: `http://localhost:${doors.demo.port}/`,
    awsEndpoint: `http://localhost:${doors.aws.port}`,
  };
}

/** The table that the functions know by a name in their environment. */
function tableOf(template: Template, variable: string): string {
  for (const { properties } of template.ofType('AWS::Lambda::Function')) {
    const variables = properties.fields('Environment').fields('Variables');
    if (variables.has(variable)) return variables.text(variable);
  }
  throw new Error(`no function of the template has ${variable} in its environment`);
}

function wake(mappings: EventSourceMapping[]): void {
  for (const mapping of mappings) mapping.wake();
}

function report(message: string): void {
  console.error(`event source mapping: ${message}`);
}
