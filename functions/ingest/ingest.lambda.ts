import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { environmentName, optionalEnvironment, requireEnvironment } from '../environment.ts';
import { dynamoSaltStore } from '../identity/salt-store.dynamo.ts';
import { dynamoSecretStore } from '../identity/secret-store.dynamo.ts';
import { log } from '../log.ts';
import { emitMetrics } from '../metrics.ts';
import { readFlag } from '../push/watch-flag.dynamo.ts';
import { dynamoRefusalStore } from '../sites/refusal-store.dynamo.ts';
import { dynamoSiteStore } from '../sites/site-store.dynamo.ts';
import { dynamoUsageStore } from '../sites/usage-store.dynamo.ts';
import { UsageTally } from '../sites/usage-tally.ts';
import { kinesisClient, kinesisStreamWriter } from '../stream/stream-writer.kinesis.ts';
import { answerOf, preflightAnswer, unavailableAnswer } from './answer.ts';
import { botMessage } from './bot.ts';
import { ingestDynamoClient } from './dynamo-client.dynamo.ts';
import { viewerOf } from './edge.ts';
import { Identifier } from './identify.ts';
import { Ingest, type IngestOutcome, type IngestRequest } from './ingest.ts';
import { metricsOf } from './ingest-metrics.ts';
import { dynamoKeyBudget } from './key-budget.dynamo.ts';
import { KeyLimit } from './key-limit.ts';
import { OverLimitTally } from './over-limit-tally.ts';
import { RefusalTally } from './refusal-tally.ts';
import { usageOf } from './usage-of.ts';

const client = ingestDynamoClient();
const sites = { client, table: requireEnvironment(environmentName.sitesTable) };
const connections = { client, table: requireEnvironment(environmentName.connectionsTable) };
const streamName = requireEnvironment(environmentName.streamName);
const edgeSecret = optionalEnvironment(environmentName.edgeSecret);

const ingest = new Ingest({
  sites: dynamoSiteStore(sites),
  connections: { watchOf: (site, now) => readFlag(connections, site, now) },
  identifier: new Identifier(dynamoSaltStore(sites, randomBytes), dynamoSecretStore(sites, randomBytes), randomBytes),
  stream: kinesisStreamWriter({ client: kinesisClient(), streamName }),
  limit: new KeyLimit(
    dynamoKeyBudget(connections),
    Number(requireEnvironment(environmentName.keyRequestsPerSecondMax)),
  ),
});

const overLimit = new OverLimitTally();
const refusals = new RefusalTally(dynamoRefusalStore(sites));
const usage = new UsageTally(dynamoUsageStore(sites));

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const now = Date.now();
  if (event.requestContext.http.method === 'OPTIONS') return preflightAnswer;
  try {
    const outcome = await ingest.receive(requestOf(event), now);
    tell(outcome, now);
    if (outcome.what === 'rejected') refusals.note(outcome.site ?? null, outcome.rejection);
    if (outcome.what === 'bot') refusals.note(outcome.site, { code: outcome.code, message: botMessage[outcome.code] });
    if (outcome.site !== undefined) usage.note(outcome.site, usageOf(outcome, Buffer.byteLength(event.body ?? '')));
    await Promise.all([refusals.writeWhenDue(now), usage.writeWhenDue(now)]);
    return answerOf(outcome);
  } catch (error) {
    log.error('a batch could not be taken', error);
    emitMetrics('ingest', { unavailable: 1 }, now);
    return unavailableAnswer();
  }
}

function tell(outcome: IngestOutcome, now: number): void {
  if (outcome.what === 'rejected' && outcome.rejection.code === 'too-many-requests') overLimit.note();
  else {
    const { values, properties } = metricsOf(outcome);
    emitMetrics('ingest', values, now, properties);
  }
  const rejected = overLimit.due(now);
  if (rejected > 0) emitMetrics('ingest', { rejected }, now, { code: 'too-many-requests' });
}

function requestOf(event: APIGatewayProxyEventV2): IngestRequest {
  const { sourceIp, userAgent } = event.requestContext.http;
  return {
    body: event.body,
    isBase64: event.isBase64Encoded,
    origin: event.headers.origin,
    viewer: viewerOf(event.headers, { address: sourceIp, userAgent: userAgent ?? '' }, edgeSecret),
  };
}
