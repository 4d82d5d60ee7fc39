import type { IngestOutcome } from './ingest.ts';

export interface HttpAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * The outcome as HTTP. A refusal may be read by any page: if the browser hid it, the snippet could not tell it from a failing
 * network and would try again.
 */
export function answerOf(outcome: IngestOutcome): HttpAnswer {
  if (outcome.what === 'rejected') {
    const { status, code, message } = outcome.rejection;
    const answer = json(status, { error: { code, message } }, '*');
    return outcome.retryAfterS === undefined ? answer : comeAgain(answer, outcome.retryAfterS);
  }
  return json(202, outcome.answer, outcome.origin);
}

/** When a store or the stream fails: the snippet keeps the batch and sends it again. */
export function unavailableAnswer(): HttpAnswer {
  const answer = json(503, { error: { code: 'unavailable', message: 'nothing was taken: send it again' } }, '*');
  return comeAgain(answer, 2);
}

/** In so many seconds: for the snippet to read, a page must be allowed to. */
function comeAgain(answer: HttpAnswer, seconds: number): HttpAnswer {
  const headers = { 'retry-after': String(seconds), 'access-control-expose-headers': 'retry-after' };
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** A page of another origin may send whatever type it likes; the snippet's needs no preflight. Which may, `Ingest` decides. */
export const preflightAnswer: HttpAnswer = {
  statusCode: 204,
  headers: {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '86400',
  },
  body: '',
};

function json(statusCode: number, body: object, allowOrigin: string): HttpAnswer {
  return {
    statusCode,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'access-control-allow-origin': allowOrigin,
      vary: 'origin',
    },
    body: JSON.stringify(body),
  };
}
