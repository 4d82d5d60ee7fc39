import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIGatewayProxyResult, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { environmentName, requireEnvironment } from '../environment.ts';
import { log } from '../log.ts';
import { emitMetrics } from '../metrics.ts';
import { dynamoConnectionStore } from '../push/connection-store.dynamo.ts';
import { apiGatewaySocket } from '../push/socket.api-gateway.ts';
import { dynamoAccessStore } from '../sites/access-store.dynamo.ts';
import { currentEpoch } from '../sites/current-epoch.ts';
import { dynamoEpochStore } from '../sites/epoch-store.dynamo.ts';
import { dynamoSiteStore } from '../sites/site-store.dynamo.ts';
import { dynamoUserStore } from '../sites/user-store.dynamo.ts';
import { dynamoClient } from '../store/client.dynamo.ts';
import { dynamoCounterStore } from '../store/counter-store.dynamo.ts';
import { dynamoProgressStore } from '../store/progress-store.dynamo.ts';
import { kinesisClient, kinesisStreamWriter } from '../stream/stream-writer.kinesis.ts';
import { closeSocket, hear, openSocket } from './socket.ts';
import { memoryRenewals, type SocketPorts } from './socket-ports.ts';
import { tickLimit } from './tick-limit.ts';

/** Each dashboard asks every 5 s; however many there are, a site's stream is asked this often by this instance. */
const tickEveryMs = 4_000;

const client = dynamoClient();
const tableOf = (name: Parameters<typeof requireEnvironment>[0]) => ({ client, table: requireEnvironment(name) });
const counters = tableOf(environmentName.countersTable);

const sites = tableOf(environmentName.sitesTable);

const epochs = dynamoEpochStore(sites);
const configuredEpoch = requireEnvironment(environmentName.epoch);

const everyEpoch: Omit<SocketPorts, 'epoch'> = {
  sites: dynamoSiteStore(sites),
  access: dynamoAccessStore(sites),
  users: dynamoUserStore(sites),
  counters: dynamoCounterStore(counters),
  progress: dynamoProgressStore(counters),
  connections: dynamoConnectionStore({
    ...tableOf(environmentName.connectionsTable),
    newTicket: () => randomBytes(16).toString('hex'),
  }),
  stream: kinesisStreamWriter({ client: kinesisClient(), streamName: requireEnvironment(environmentName.streamName) }),
  socket: apiGatewaySocket(requireEnvironment(environmentName.socketEndpoint)),
  ticks: tickLimit(tickEveryMs),
  renewals: memoryRenewals(),
  sleep: async (ms) => {
    await sleep(ms);
  },
};

/** The part of the event that `$connect` alone has. */
type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  queryStringParameters?: Record<string, string | undefined> | null;
};

export async function handler(event: SocketEvent): Promise<APIGatewayProxyResult> {
  const { routeKey, connectionId } = event.requestContext;
  const now = Date.now();
  try {
    const statusCode = await statusOf(event, now);
    if (routeKey === '$connect' && statusCode === 200) emitMetrics('socket', { connects: 1 }, now);
    return { statusCode, body: '' };
  } catch (error) {
    emitMetrics('socket', { socketErrors: 1 }, now);
    log.error('the socket failed', error, { routeKey, connectionId });
    return { statusCode: 500, body: '' };
  }
}

async function statusOf(event: SocketEvent, now: number): Promise<number> {
  const { routeKey, connectionId } = event.requestContext;
  const ports: SocketPorts = { ...everyEpoch, epoch: await currentEpoch(epochs, configuredEpoch) };
  if (routeKey === '$connect') return openSocket(connectionId, event.queryStringParameters?.ticket, now, ports);
  if (routeKey === '$disconnect') await closeSocket(connectionId, ports);
  else await hear(connectionId, textOf(event), now, ports);
  return 200;
}

function textOf({ body = '', isBase64Encoded }: SocketEvent): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
}
