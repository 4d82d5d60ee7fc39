import { causeCode, Fault } from '../../deploy/fault.ts';

export type EmulatorName = 'MiniStack' | 'LocalStack';

export interface Emulator {
  /** `http://host:port`, without a path. */
  endpoint: string;
  name: EmulatorName;
}

const answerWithinMs = 5_000;
const howToStart =
  'Start one: `docker compose -f localstack/compose.yaml --profile ministack up` (free), or `--profile localstack` with a LOCALSTACK_AUTH_TOKEN in the environment; or `npm start`, which needs neither.';

/**
 * What answers at `url`. Asked before anything is made, since an address that is not an emulator may be somebody's account.
 * @throws Fault when it is no address, nothing answers, or what answers is no emulator.
 */
export async function findEmulator(url: string): Promise<Emulator> {
  const endpoint = originOf(url);
  if (/(^|\.)(amazonaws\.com(\.cn)?|api\.aws)$/.test(endpoint.hostname)) {
    throw new Fault(`AWS_ENDPOINT_URL is ${url}, which is AWS itself: unset it, and use \`npm run deploy\`.`);
  }
  const health = await healthOf(endpoint.origin, '_ministack/health');
  if (health) return { endpoint: endpoint.origin, name: 'MiniStack' };
  const other = await healthOf(endpoint.origin, '_localstack/health');
  if (other) return { endpoint: endpoint.origin, name: 'LocalStack' };
  throw new Fault(
    `What answers at ${endpoint.origin} is no emulator: it knows neither /_ministack/health nor /_localstack/health. Nothing was sent to it. Set AWS_ENDPOINT_URL to an emulator's address. ${howToStart}`,
  );
}

function originOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new Fault(`AWS_ENDPOINT_URL is "${text}": write an address such as http://localhost:4566`);
}

/** Null: it answers, but not to this. */
async function healthOf(origin: string, path: string): Promise<object | null> {
  try {
    const response = await fetch(`${origin}/${path}`, { signal: AbortSignal.timeout(answerWithinMs) });
    const value: unknown = await response.json().catch(() => null);
    return response.ok && typeof value === 'object' && value !== null && 'services' in value ? value : null;
  } catch (error) {
    const token = process.env.LOCALSTACK_AUTH_TOKEN
      ? ''
      : ' LOCALSTACK_AUTH_TOKEN is not set, and LocalStack ends at once without.';
    throw new Fault(`Nothing answers at ${origin} (${causeCode(error) ?? String(error)}).${token} ${howToStart}`);
  }
}

export interface ApiAddresses {
  /** Of the HTTP API; paths follow. */
  apiUrl: string;
  socketUrl: string;
  /** Where functions post to connections. */
  socketEndpoint: string;
}

/**
 * Where an emulator serves the APIs that CloudFormation knows by AWS's addresses: under a path of its one port, a form that LocalStack
 * made and others took over. https://docs.localstack.cloud/aws/services/apigateway/
 * @throws Error when the outputs name no APIs.
 */
export function apiAddresses(endpoint: string, outputs: Record<string, string>): ApiAddresses {
  const under = (url: string | undefined, stage: string): string => {
    // As CloudFormation gives it, or as an earlier deployment was told.
    const id = /^\w+:\/\/(?:(\w+)\.execute-api\.|.*\/_aws\/execute-api\/(\w+)\/)/
      .exec(url ?? '')
      ?.slice(1)
      .find(Boolean);
    if (!id) throw new Error(`the stack's outputs should name an API, and have "${url}"`);
    return `${endpoint}/_aws/execute-api/${id}/${stage}`;
  };
  const socket = under(outputs.SocketUrl, 'live');
  return {
    apiUrl: under(outputs.HttpApiUrl, '$default'),
    socketUrl: socket.replace(/^http/, 'ws'),
    socketEndpoint: socket,
  };
}
