import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { archiveClient, s3ArchiveStore } from '../archive/archive-store.s3.ts';
import {
  environmentList,
  environmentName,
  optionalEnvironment,
  requireEnvironment,
  requireNames,
} from '../environment.ts';
import { fetchJson } from '../identity/fetch-json.ts';
import { makeSignIn } from '../identity/sign-in.ts';
import { emitMetrics } from '../metrics.ts';
import { dynamoConnectionStore } from '../push/connection-store.dynamo.ts';
import { apiGatewaySocket } from '../push/socket.api-gateway.ts';
import { dynamoAccessStore } from '../sites/access-store.dynamo.ts';
import { dynamoAlertStore } from '../sites/alert-store.dynamo.ts';
import { dynamoAuditStore } from '../sites/audit-store.dynamo.ts';
import { currentEpoch } from '../sites/current-epoch.ts';
import { dynamoEpochStore } from '../sites/epoch-store.dynamo.ts';
import { dynamoErasureStore } from '../sites/erasure-store.dynamo.ts';
import { dynamoMarkerStore } from '../sites/marker-store.dynamo.ts';
import { dynamoRefusalStore } from '../sites/refusal-store.dynamo.ts';
import { dynamoSiteStore } from '../sites/site-store.dynamo.ts';
import { dynamoUsageStore } from '../sites/usage-store.dynamo.ts';
import { UsageTally } from '../sites/usage-tally.ts';
import { dynamoUserStore } from '../sites/user-store.dynamo.ts';
import { dynamoVisitorErasureStore } from '../sites/visitor-erasure-store.dynamo.ts';
import { dynamoAdmissionStore } from '../store/admission-store.dynamo.ts';
import { dynamoClient } from '../store/client.dynamo.ts';
import { dynamoCounterStore } from '../store/counter-store.dynamo.ts';
import { dynamoProgressStore } from '../store/progress-store.dynamo.ts';
import { kinesisClient, kinesisStreamWriter } from '../stream/stream-writer.kinesis.ts';
import { invokeClient, lambdaCaptureInvoker } from './capture-invoker.lambda-client.ts';
import { capturesClient, s3CaptureStore } from './capture-store.s3.ts';
import { dynamoGrantTokens } from './grant-tokens.dynamo.ts';
import { cloudWatchMonitor } from './monitor.cloudwatch.ts';
import { answerQuery, type QueryRequest } from './query.ts';
import type { QueryPorts } from './query-ports.ts';
import { queryOf } from './query-string.ts';
import { routes } from './routes.ts';
import { tickLimit } from './tick-limit.ts';

/** Between two ticks for a site that is asked about and has no visitors. */
const tickEveryMs = 1_000;

const client = dynamoClient();
const tableOf = (name: Parameters<typeof requireEnvironment>[0]) => ({ client, table: requireEnvironment(name) });
const counters = tableOf(environmentName.countersTable);
const sites = tableOf(environmentName.sitesTable);

const usage = new UsageTally(dynamoUsageStore(sites));
const epochs = dynamoEpochStore(sites);
const configuredEpoch = requireEnvironment(environmentName.epoch);

const trust = {
  issuer: optionalEnvironment(environmentName.oidcIssuer),
  audiences: environmentList(environmentName.oidcAudience),
  clientIds: environmentList(environmentName.oidcClientIds),
  groupsClaim: optionalEnvironment(environmentName.oidcGroupsClaim),
  siteCreators: optionalEnvironment(environmentName.siteCreators),
};

const ports: Omit<QueryPorts, 'epoch'> = {
  sites: dynamoSiteStore(sites),
  access: dynamoAccessStore(sites),
  users: dynamoUserStore(sites),
  audit: dynamoAuditStore(sites),
  erasures: dynamoErasureStore(sites),
  signIn: trust.issuer === '' ? null : makeSignIn(trust, fetchJson),
  markers: dynamoMarkerStore(sites),
  refusals: dynamoRefusalStore(sites),
  usage: dynamoUsageStore(sites),
  visitorErasures: dynamoVisitorErasureStore(sites),
  counters: dynamoCounterStore(counters),
  progress: dynamoProgressStore(counters),
  admissions: dynamoAdmissionStore(tableOf(environmentName.admissionsTable)),
  connections: dynamoConnectionStore({
    ...tableOf(environmentName.connectionsTable),
    newTicket: () => randomBytes(16).toString('hex'),
  }),
  tokens: dynamoGrantTokens({
    ...tableOf(environmentName.connectionsTable),
    newSecret: () => randomBytes(24).toString('base64url'),
  }),
  socket: apiGatewaySocket(requireEnvironment(environmentName.socketEndpoint)),
  socketUrl: requireEnvironment(environmentName.socketUrl),
  captures: s3CaptureStore(capturesClient(), requireEnvironment(environmentName.capturesBucket)),
  capture: lambdaCaptureInvoker(invokeClient(), requireEnvironment(environmentName.captureFunction)),
  archive: s3ArchiveStore(archiveClient(), requireEnvironment(environmentName.archiveBucket)),
  alerts: dynamoAlertStore(sites),
  monitor: cloudWatchMonitor({
    alarmPrefix: requireEnvironment(environmentName.alarmPrefix),
    logGroups: requireNames(environmentName.logGroups),
    readers: requireNames(environmentName.streamReaders),
  }),
  stream: kinesisStreamWriter({ client: kinesisClient(), streamName: requireEnvironment(environmentName.streamName) }),
  ticks: tickLimit(tickEveryMs),
  random: randomBytes,
  sleep: async (ms) => {
    await sleep(ms);
  },
};

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const now = Date.now();
  const answer = await answerQuery(requestOf(event, now), routes, ports, () => currentEpoch(epochs, configuredEpoch));
  const endedAt = Date.now();
  const { statusCode } = answer;
  const values = { queryMs: endedAt - now, queryErrors: statusCode >= 500 ? 1 : 0 };
  emitMetrics('query', values, endedAt, { route: event.routeKey, status: statusCode });
  const site = statusCode < 400 ? event.pathParameters?.site : undefined;
  if (site !== undefined) usage.note(site, { queries: 1 });
  await usage.writeWhenDue(now);
  return answer;
}

function requestOf(event: APIGatewayProxyEventV2, now: number): QueryRequest {
  const { body = '', isBase64Encoded, headers, rawQueryString = '', rawPath, requestContext } = event;
  return {
    method: requestContext.http.method,
    path: rawPath,
    query: queryOf(rawQueryString),
    authorization: headers.authorization,
    origin: headers.origin,
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
    now,
  };
}
