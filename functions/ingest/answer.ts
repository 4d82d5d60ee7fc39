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
    return json(status, { error: { code, message } }, '*');
  }
  return json(202, outcome.answer, outcome.origin);
}

/** When a store or the stream fails: the snippet keeps the batch and sends it again. */
export function unavailableAnswer(): HttpAnswer {
  const answer = json(503, { error: { code: 'unavailable', message: 'nothing was taken: send it again' } }, '*');
  answer.headers['retry-after'] = '2';
  answer.headers['access-control-expose-headers'] = 'retry-after';
  return answer;
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
