import type { Call } from './call.ts';
import type { FaultKind } from './fault-kinds.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** What the service itself would say: status and error by kind. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const errors: Partial<Record<FaultKind, readonly [status: number, type: string]>> = {
  'write-throttled': [400, 'ProvisionedThroughputExceededException'],
  'write-failed': [500, 'InternalServerError'],
  'write-denied': [400, 'AccessDeniedException'],
  'read-throttled': [400, 'ThrottlingException'],
  'read-failed': [500, 'InternalServerError'],
  'read-denied': [400, 'AccessDeniedException'],
  'put-throttled': [400, 'ProvisionedThroughputExceededException'],
  'put-failed': [500, 'InternalFailure'],
  'stream-throttled': [400, 'ProvisionedThroughputExceededException'],
  'stream-failed': [500, 'InternalFailure'],
  'object-refused': [503, 'SlowDown'],
  'push-throttled': [429, 'LimitExceededException'],
  'request-refused': [503, 'Service Unavailable'],
};

/** The answer of a service that refuses a call; null for kinds that are no refusal. */
export function refusalOf(kind: FaultKind): Answer | null {
  const error = errors[kind];
  if (!error) return null;
  const [status, type] = error;
  if (kind === 'object-refused') return answer(status, 'application/xml', `<Error><Code>${type}</Code></Error>`);
  const message = 'refused by the plan of faults';
  const refusal = answer(status, 'application/x-amz-json-1.1', JSON.stringify({ __type: type, message }));
  return { ...refusal, headers: { ...refusal.headers, 'x-amzn-errortype': type } };
}

/** The first half of the records of a `PutRecords`, for the stream to take; the others will have failed. */
export function firstHalfOf({ body }: Call): { taken: Buffer; failed: number } {
  const input = JSON.parse(body.toString('utf8')) as { Records: unknown[] };
  const kept = Math.floor(input.Records.length / 2);
  const taken = Buffer.from(JSON.stringify({ ...input, Records: input.Records.slice(0, kept) }));
  return { taken, failed: input.Records.length - kept };
}

/**
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html: "a single record failure does not stop the processing
 * of subsequent records"; what failed has an `ErrorCode` in its place.
 * @param taken the service's answer for those that it took; null where there were none.
 */
export function partlyFailed(taken: Answer | null, failed: number): Answer {
  const { Records = [] } = taken ? (JSON.parse(taken.body.toString('utf8')) as { Records?: unknown[] }) : {};
  const ErrorCode = 'ProvisionedThroughputExceededException';
  const refused = Array.from({ length: failed }, () => ({ ErrorCode, ErrorMessage: 'Rate exceeded for shard' }));
  const body = { FailedRecordCount: failed, Records: [...Records, ...refused] };
  return answer(200, 'application/x-amz-json-1.1', JSON.stringify(body));
}

/** An answer that leaves every other key of a `BatchGetItem` for another call, as a throttled table does. */
export function partlyUnprocessed({ body }: Call): { asked: Buffer; left: Record<string, object> } {
  const input = JSON.parse(body.toString('utf8')) as { RequestItems: Record<string, { Keys: unknown[] }> };
  const asked: Record<string, object> = {};
  const left: Record<string, object> = {};
  for (const [table, request] of Object.entries(input.RequestItems)) {
    const now = request.Keys.filter((_key, index) => index % 2 === 0);
    const later = request.Keys.filter((_key, index) => index % 2 === 1);
    asked[table] = { ...request, Keys: now };
    if (later.length > 0) left[table] = { ...request, Keys: later };
  }
  return { asked: Buffer.from(JSON.stringify({ ...input, RequestItems: asked })), left };
}

export function withUnprocessed({ body }: Answer, left: Record<string, object>): Answer {
  const output = JSON.parse(body.toString('utf8')) as object;
  return answer(200, 'application/x-amz-json-1.0', JSON.stringify({ ...output, UnprocessedKeys: left }));
}

function answer(status: number, type: string, body: string): Answer {
  return { status, headers: { 'content-type': type }, body: Buffer.from(body) };
}
