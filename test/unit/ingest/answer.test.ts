import { describe, expect, it } from 'vitest';
import { answerOf, unavailableAnswer } from '../../../functions/ingest/answer.ts';
import { metricsOf } from '../../../functions/ingest/ingest-metrics.ts';
import { rejection } from '../../../functions/ingest/rejection.ts';

const accepted = {
  what: 'accepted',
  answer: { watched: true, everyMs: 2_000, token: 'sealed' },
  origin: 'https://shop.example',
  eventCount: 15,
  batch: 'aaaaaaaaaaaaaaaa:0',
  site: 'shop',
} as const;

const bot = { ...accepted, what: 'bot', site: 'demo', code: 'no-agent' } as const;

describe('the answer', () => {
  it('to a batch is 202, for its own origin', () => {
    const answer = answerOf(accepted);
    expect(answer.statusCode).toBe(202);
    expect(JSON.parse(answer.body)).toEqual({ watched: true, everyMs: 2_000, token: 'sealed' });
    expect(answer.headers['access-control-allow-origin']).toBe('https://shop.example');
  });

  it('to a bot is 202 as well', () => {
    expect(answerOf(bot).statusCode).toBe(202);
  });

  it.each([
    ['bad-json', 400],
    ['unknown-key', 403],
    ['foreign-origin', 403],
    ['body-too-large', 413],
  ] as const)('to a refusal by %s is %i, readable by any page so that it does not try again', (code, status) => {
    const answer = answerOf({ what: 'rejected', rejection: rejection(code, 'why') });
    expect(answer.statusCode).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ error: { code, message: 'why' } });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  it('to a key over its limit is 429 with the time to come back, which a page may read', () => {
    const answer = answerOf({ what: 'rejected', rejection: rejection('too-many-requests', 'why'), retryAfterS: 6 });
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '6']);
    expect(answer.headers['access-control-expose-headers']).toBe('retry-after');
  });

  it('when the stream is down is 503 with the time to come back', () => {
    const answer = unavailableAnswer();
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2']);
    expect(JSON.parse(answer.body).error.code).toBe('unavailable');
  });
});

describe('the metrics', () => {
  it('count batches and events, bots apart, and refusals by reason', () => {
    expect(metricsOf(accepted)).toEqual({
      values: { acceptedBatches: 1, acceptedEvents: 15, unavailable: 0 },
      properties: { batch: 'aaaaaaaaaaaaaaaa:0' },
    });
    expect(metricsOf(bot)).toEqual({ values: {}, properties: { botEvents: 15, code: 'no-agent' } });
    expect(metricsOf({ what: 'rejected', rejection: rejection('too-old', '') })).toEqual({
      values: { rejected: 1 },
      properties: { code: 'too-old' },
    });
  });
});
