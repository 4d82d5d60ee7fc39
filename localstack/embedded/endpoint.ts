import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { ServiceError } from './aws-json.ts';
import { readBody } from './body.ts';
import type { CloudWatch } from './cloudwatch.ts';
import type { FunctionLog } from './function-log.ts';
import type { Lambda } from './lambda.ts';
import type { Handler } from './listen.ts';
import type { Logs } from './logs.ts';
import { takeMail } from './mail.ts';
import type { S3 } from './s3.ts';
import type { WebSocketApi } from './websocket-api.ts';

export interface Services {
  kinesisUrl: string;
  dynamoUrl: string;
  lambda: Lambda;
  s3: S3;
  sockets: WebSocketApi;
  cloudWatch: CloudWatch;
  logs: Logs;
  /** What would be mailed. */
  outbox: FunctionLog;
}

const agent = new Agent({ keepAlive: true });
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const payloadBytesMax = 6 * 1024 * 1024;

/**
 * One address for all services, for `AWS_ENDPOINT_URL` and the `aws` command: told apart by the header `x-amz-target` or by
 * path. The functions reach Kinesis and DynamoDB without this detour.
 */
export function awsEndpoint(services: Services): Handler {
  return async (request, response) => {
    // A web page must not reach a developer's tables: browsers name the page's origin, the SDK does not.
    if (request.headers.origin) {
      response.writeHead(403).end();
      return;
    }
    const target = String(request.headers['x-amz-target'] ?? '');
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://aws');
    const connection = /^\/_socket\/@connections\/([^/]+)$/.exec(pathname)?.[1];
    const fn = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(pathname)?.[1];
    if (target.startsWith('Kinesis_')) forward(request, response, services.kinesisUrl);
    else if (target.startsWith('DynamoDB_')) forward(request, response, services.dynamoUrl);
    else if (target.startsWith('GraniteServiceVersion')) await answer(request, response, target, services.cloudWatch);
    else if (target.startsWith('Logs_')) await answer(request, response, target, services.logs);
    else if (pathname === '/v2/email/outbound-emails') await takeMail(request, response, services.outbox);
    else if (connection) await services.sockets.manage(request, response, decodeURIComponent(connection));
    else if (fn) await invoke(request, response, services.lambda, decodeURIComponent(fn), searchParams);
    else await services.s3.handle(request, response);
  };
}

function forward(request: IncomingMessage, response: ServerResponse, url: string): void {
  const { method, headers } = request;
  const onward = httpRequest(url, { method, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', (error) => {
    console.error(`${headers['x-amz-target']}: ${error.message}`);
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
  request.pipe(onward);
}

/** A service of AWS's JSON protocol, answered here. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  target: string,
  service: CloudWatch | Logs,
): Promise<void> {
  const say = (status: number, body: object) => {
    response.writeHead(status, { 'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(body));
  };
  const body = await readBody(request, payloadBytesMax);
  try {
    const input = JSON.parse(body?.toString('utf8') || '{}') as Record<string, unknown>;
    say(200, service.answer(target.split('.')[1] ?? '', input));
  } catch (error) {
    const code = error instanceof ServiceError ? error.code : 'SerializationException';
    say(400, { __type: code, message: error instanceof Error ? error.message : String(error) });
  }
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
async function invoke(
  request: IncomingMessage,
  response: ServerResponse,
  lambda: Lambda,
  name: string,
  query: URLSearchParams,
): Promise<void> {
  const refuse = (status: number, type: string, message: string) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
    response.end(JSON.stringify({ Message: message, Type: 'User' }));
  };
  if (request.method !== 'POST') return refuse(405, 'InvalidRequestContentException', 'Invoke is a POST');
  if (!lambda.has(name)) return refuse(404, 'ResourceNotFoundException', `Function not found: ${name}`);
  const body = await readBody(request, payloadBytesMax);
  if (!body) return refuse(413, 'RequestTooLargeException', `The payload may have ${payloadBytesMax} bytes`);
  const payload = body.length === 0 ? '{}' : body.toString('utf8');
  const type = String(request.headers['x-amz-invocation-type'] ?? query.get('InvocationType') ?? 'RequestResponse');
  if (type === 'DryRun') return void response.writeHead(204).end();
  if (type === 'Event') {
    lambda.send(name, payload);
    return void response.writeHead(202).end();
  }
  const outcome = await lambda.invoke(name, payload);
  if (outcome.kind === 'throttled') return refuse(429, 'TooManyRequestsException', 'Rate Exceeded.');
  response.writeHead(200, {
    'content-type': 'application/json',
    'x-amz-executed-version': '$LATEST',
    ...(outcome.kind === 'error' ? { 'x-amz-function-error': 'Unhandled' } : {}),
  });
  response.end(outcome.payload);
}
