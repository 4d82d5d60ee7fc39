/** Requests to the query API: whatever is asked for is answered, or refused by name; a failure on our side is never the answer. */
import fc from 'fast-check';
import { answerQuery } from '../../functions/query/query.ts';
import type { QueryPorts } from '../../functions/query/query-ports.ts';
import { routes } from '../../functions/query/routes.ts';
import { apiKey, type DemoApi, demoApi, isJson, now, today } from '../unit/query/demo-api.ts';
import { accountOf } from './account.ts';
import { Broken } from './broken.ts';
import { type QueryRequest, queryArbitrary } from './query-arbitrary.ts';
import { withStrictKeys } from './strict-keys.ts';

export interface QueriesReport {
  queries: number;
  /** How many were answered with which status, or refused with which code. */
  answers: Map<string, number>;
  broken: string | null;
}

/** What every refusal is named by: each parameter has its own two, and these are the rest. */
const codes =
  /^(bad|missing)-(from|to|month|function|unit|dimension|limit|path|device|layer|what|format|range|json|method|key|ticket|text|at|day|visitor|load|share|name|zone|origins|role|label|scope|email|days|password|confirm|before|retentionDays|movesSampledPercent|monthlyBudgetUsd|pathRules|patterns|captures|exclusions|goals|funnels|enabled|paths|networks|country|cursor|frustrated|minPages|level|spike|silence|rage|goalDrop|quietMinutes|emails|slackUrl|webhookUrl)$|^(too-many-markers|too-many-erasures|foreign-origin|range-too-long|no-key|unknown-key|other-site|no-sign-in|users-only|owners-only|unknown-property|nothing-to-change|unknown-site|unknown-route|unknown-page|unknown-capture|unknown-marker|unknown-session|body-too-large)$/;

export async function runQueries({ queries, seed }: { queries: number; seed: number }): Promise<QueriesReport> {
  const report: QueriesReport = { queries: 0, answers: new Map(), broken: null };
  const ports = withStrictKeys((await filled()).ports);
  const details = await fc.check(
    fc.asyncProperty(queryArbitrary, async (request) => {
      const answer = await ask(request, ports);
      report.queries += 1;
      report.answers.set(answer, (report.answers.get(answer) ?? 0) + 1);
    }),
    { numRuns: queries, seed },
  );
  report.broken = accountOf(details);
  return report;
}

async function ask({ method, path, query, key, body }: QueryRequest, ports: QueryPorts): Promise<string> {
  const authorization = key === undefined ? undefined : key.replace('<key>', apiKey);
  const { statusCode, headers, ...answer } = await answerQuery(
    { method, path, query, authorization, origin: undefined, body, now },
    routes,
    ports,
    async () => ports.epoch,
  );
  if (headers['cache-control'] !== 'no-store') throw new Broken('an answer may be kept by others');
  if (statusCode >= 200 && statusCode < 300) {
    if (isJson({ statusCode, headers, ...answer })) JSON.parse(answer.body);
    return String(statusCode);
  }
  const { error } = JSON.parse(answer.body) as { error: { code: string; message: string } };
  if (statusCode < 400 || statusCode > 499) throw new Broken(`${statusCode} ${error.code}`);
  if (!codes.test(error.code)) throw new Broken(`the refusal "${error.code}" is not in the list`);
  if (error.message.length > 500) throw new Broken(`the message of ${error.code} is long`);
  return error.code;
}

/** A little of everything, so that an answer has something to read. */
async function filled(): Promise<DemoApi> {
  const api = await demoApi();
  const { put } = api;
  await put.live(now, '/', { A3: 1, pv: 1, vi: 1 }, now);
  await put.hour(today, '2026-11-23T13:00:00Z', { pv: 3, vi: 2, 'c:CH:p': 2, 'c:CH:v': 1, 'c:(other):p': 1 });
  await put.page(today, '/', { pv: 3, vi: 2, rd0: 3, vd: 3, fd: 900 }, { u: 'https://shop.example/', t: 'Home' });
  await put.value(today, 'utm_source', 'letter', { pv: 2, vi: 1 });
  await put.value(today, 'event', '__proto__', { n: 2, vi: 1 });
  return api;
}
