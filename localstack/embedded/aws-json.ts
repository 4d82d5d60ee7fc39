import { Agent, request } from 'node:http';

/** One agent for the emulators of this process: their connections stay open. */
const agent = new Agent({ keepAlive: true });

/** An error answer of a service that speaks AWS's JSON protocol. */
export class ServiceError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = 'ServiceError';
    this.code = code;
  }
}

/** The emulators want a signature's form, and do not check it. */
const authorization =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/service/aws4_request, SignedHeaders=host, Signature=0';

/**
 * Calls an operation, such as `Kinesis_20131202.GetRecords`. The SDK would do; this costs a fraction of its time, and the
 * event source mappings call all the time.
 * @throws ServiceError with the service's code, or the connection's own error.
 */
export async function callService<Answer>(url: string, target: string, input: object): Promise<Answer> {
  const version = target.startsWith('DynamoDB') ? '1.0' : '1.1';
  const { status, body } = await post(url, JSON.stringify(input), {
    'content-type': `application/x-amz-json-${version}`,
    'x-amz-target': target,
    'x-amz-date': '20260101T000000Z',
    authorization,
  });
  const answer = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
  if (status === 200) return answer as Answer;
  const code =
    String(answer.__type ?? status)
      .split('#')
      .at(-1) ?? '';
  throw new ServiceError(code, String(answer.message ?? answer.Message ?? ''));
}

function post(url: string, body: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method: 'POST', agent, headers: { ...headers, ...length } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
