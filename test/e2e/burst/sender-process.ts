/**
 * Sends batches at an even pace, in a process of its own: a sender within the product's process would wait in the very queue that it
 * measures. Its parent speaks to it by messages.
 */
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setPriority } from 'node:os';
import type { Batch } from '../../../functions/contract/event.ts';

export interface SendPlan {
  apiUrl: string;
  /** Sent with a load and a time of its own each time. */
  batch: Batch;
  agents: string[];
  /** Sent when they are due, whatever is under way, and however late it is. */
  requestsPerSecond: number;
  /** Until told to stop, where there is none. */
  requestsMax?: number;
  /** Beyond it the next one waits until one is answered, and those behind it are due as much later: never more a second than planned. */
  underWayMax: number;
  /** 1 to 19 for one that leaves the CPU to others: in truth it has a machine of its own. */
  niceness?: number;
}

/** What was sent, and what was answered. Times are ms since the epoch. */
export interface Answers {
  sent: number;
  accepted: number;
  limited: number;
  /** Seconds that a refused one was told to wait; NaN where it was not told. */
  waitsS: number[];
  /** Anything but 202 and 429. */
  others: string[];
  /** From when each was due until it was answered. */
  tookMs: number[];
  sentAt: number[];
  answeredAt: number[];
  startedAt: number;
  endedAt: number;
  /** Of the sender itself. */
  cpuMs: number;
}

export type Told = { sent: number; limited: number } | { answers: Answers };

const tellEveryMs = 100;
const pumpEveryMs = 2;
const triesMax = 10;
const tryAgainMs = 1_000;

const plan = JSON.parse(process.argv[2] ?? '') as SendPlan;
if (plan.niceness) setPriority(plan.niceness);
const url = new URL('/v1/events', plan.apiUrl);
const agent = new Agent({ keepAlive: true, maxSockets: plan.underWayMax });
let began = performance.now();
const answers: Answers = {
  sent: 0,
  accepted: 0,
  limited: 0,
  waitsS: [],
  others: [],
  tookMs: [],
  sentAt: [],
  answeredAt: [],
  startedAt: Date.now(),
  endedAt: 0,
  cpuMs: 0,
};
let underWay = 0;
let isStopped = false;
let wasFull = false;

function answered(status: number | string, retryAfter: string | undefined, dueAt: number): void {
  underWay -= 1;
  answers.tookMs.push(performance.now() - dueAt);
  answers.answeredAt.push(Date.now());
  if (status === 202) answers.accepted += 1;
  else if (status === 429) {
    answers.limited += 1;
    answers.waitsS.push(Number(retryAfter));
  } else answers.others.push(String(status));
  pump();
}

function send(dueAt: number): void {
  underWay += 1;
  answers.sent += 1;
  const now = Date.now();
  answers.sentAt.push(now);
  const body = JSON.stringify({ ...plan.batch, l: randomBytes(8).toString('hex'), t: now, s: now });
  post(body, plan.agents[answers.sent % plan.agents.length] ?? '', dueAt);
}

/** What fails is sent again, unchanged, as the snippet does it: it may have been taken. */
function post(body: string, userAgent: string, dueAt: number, triesLeft = triesMax - 1): void {
  const settle = (status: number | string, retryAfter?: string) => {
    const hasFailed = typeof status === 'string' || status >= 500;
    if (hasFailed && triesLeft > 0) setTimeout(post, tryAgainMs, body, userAgent, dueAt, triesLeft - 1);
    else answered(status, retryAfter, dueAt);
  };
  const headers = {
    'content-type': 'text/plain;charset=UTF-8',
    'content-length': Buffer.byteLength(body),
    'user-agent': userAgent,
    origin: plan.batch.o,
  };
  request(url, { method: 'POST', agent, headers }, (response) => {
    response.resume();
    response.on('end', () => settle(response.statusCode ?? 0, response.headers['retry-after']));
  })
    .on('error', (error) => settle(error.message))
    .end(body);
}

function pump(): void {
  const interval = 1_000 / plan.requestsPerSecond;
  const isFull = () => underWay >= plan.underWayMax;
  if (wasFull && !isFull()) began = Math.max(began, performance.now() - answers.sent * interval);
  const left = () => !isStopped && answers.sent < (plan.requestsMax ?? Number.POSITIVE_INFINITY);
  while (left() && !isFull()) {
    const dueAt = began + answers.sent * interval;
    if (dueAt > performance.now()) break;
    send(dueAt);
  }
  wasFull = isFull();
  if (!left() && underWay === 0) end();
}

function end(): void {
  clearInterval(pumping);
  clearInterval(telling);
  const { user, system } = process.cpuUsage();
  const told: Told = { answers: { ...answers, endedAt: Date.now(), cpuMs: (user + system) / 1_000 } };
  process.send?.(told, () => process.exit(0));
}

const pumping = setInterval(pump, pumpEveryMs);
const telling = setInterval(
  () => process.send?.({ sent: answers.sent, limited: answers.limited } satisfies Told),
  tellEveryMs,
);
process.on('message', () => {
  isStopped = true;
  pump();
});
// Its parent has gone.
process.on('disconnect', () => process.exit(1));
