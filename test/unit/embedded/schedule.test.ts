import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Value } from '../../../localstack/embedded/intrinsics.ts';
import { periodOfRate } from '../../../localstack/embedded/rate.ts';
import { type Schedules, startSchedules } from '../../../localstack/embedded/schedule.ts';
import { resolveTemplate } from '../../../localstack/embedded/template.ts';

const minuteMs = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'schedule-'));
const running: Schedules[] = [];
let sent: { fn: string; payload: string; at: number }[] = [];

beforeEach(() => {
  sent = [];
  vi.useFakeTimers({ now: Date.parse('2026-11-30T05:00:00Z') });
});
afterEach(() => {
  for (const schedules of running.splice(0)) schedules.close();
  vi.useRealTimers();
  rmSync(join(folder, 'schedules.json'), { force: true });
});

/** The rule `R` for the function `F`, started as a cloud would be. */
function start(properties: Record<string, Value>): Schedules {
  const target = { Arn: { 'Fn::GetAtt': ['F', 'Arn'] }, Id: 'Target0' };
  const resources = resolveTemplate(
    {
      Resources: {
        F: { Type: 'AWS::Lambda::Function' },
        R: { Type: 'AWS::Events::Rule', Properties: { Targets: [target], ...properties } },
      },
    },
    'S',
    {},
  );
  const schedules = startSchedules(
    { ofType: (type) => resources.filter((resource) => resource.type === type) },
    {
      lambda: { has: (fn) => fn === 'F', send: (fn, payload) => void sent.push({ fn, payload, at: Date.now() }) },
      file: join(folder, 'schedules.json'),
    },
  );
  running.push(schedules);
  return schedules;
}

describe('a rule with a rate', () => {
  // eb-rate-expressions: "A rate expression starts when you create the scheduled event rule, and then it runs on a defined schedule."
  it('runs one period after it was made, and each period from then on', () => {
    const made = Date.now();
    start({ ScheduleExpression: 'rate(5 minutes)' });
    vi.advanceTimersByTime(16 * minuteMs);
    expect(sent.map(({ fn, at }) => [fn, at - made])).toEqual([5, 10, 15].map((minutes) => ['F', minutes * minuteMs]));
  });

  it('sends the scheduled event, or the input that the template gives instead', () => {
    start({ ScheduleExpression: 'rate(1 minute)' }).close();
    const Targets = [{ Arn: { 'Fn::GetAtt': ['F', 'Arn'] }, Id: 'T', Input: '{"hello":1}', RetryPolicy: {} }];
    vi.advanceTimersByTime(minuteMs);
    expect(sent).toEqual([]);
    start({ ScheduleExpression: 'rate(1 minute)', Targets });
    vi.advanceTimersByTime(0);
    expect(sent.map(({ payload }) => payload)).toEqual(['{"hello":1}']);
    running.pop()?.close();
    start({ ScheduleExpression: 'rate(1 minute)' });
    vi.advanceTimersByTime(minuteMs);
    expect(JSON.parse(sent[1]?.payload ?? '')).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      time: '2026-11-30T05:02:00Z',
      resources: ['arn:aws:events:us-east-1:000000000000:rule/R'],
      detail: {},
    });
  });

  it('goes on after a restart where it was, and makes up for what it missed by one run', () => {
    start({ ScheduleExpression: 'rate(1 hour)' }).close();
    vi.advanceTimersByTime(40 * minuteMs);
    const again = start({ ScheduleExpression: 'rate(1 hour)' });
    vi.advanceTimersByTime(20 * minuteMs);
    expect(sent).toHaveLength(1);
    again.close();
    vi.advanceTimersByTime(5.5 * 60 * minuteMs);
    start({ ScheduleExpression: 'rate(1 hour)' });
    vi.advanceTimersByTime(29 * minuteMs);
    expect(sent).toHaveLength(2);
    vi.advanceTimersByTime(minuteMs);
    expect(sent).toHaveLength(3);
  });

  it('of more days than a timer holds waits as long', () => {
    start({ ScheduleExpression: 'rate(60 days)' });
    vi.advanceTimersByTime(60 * 24 * 60 * minuteMs - 1);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(sent).toHaveLength(1);
  });

  it('does not run where it is disabled', () => {
    start({ ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' });
    vi.advanceTimersByTime(3 * minuteMs);
    expect(sent).toEqual([]);
  });
});

it.each<[Record<string, Value>, RegExp]>([
  [{ EventPattern: { source: ['aws.s3'] } }, /R: a rule by EventPattern/],
  [{ ScheduleExpression: 'cron(0 10 * * ? *)' }, /"cron\(0 10 \* \* \? \*\)" is not run here/],
  [
    { ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: 'arn:aws:sqs:us-east-1:0:queue', Id: 'T' }] },
    /only functions/,
  ],
  [
    {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Arn: { 'Fn::GetAtt': ['F', 'Arn'] }, Id: 'T', InputPath: '$' }],
    },
    /InputPath is not run here/,
  ],
])('names what it can not run of %j', (properties, message) => {
  expect(() => start(properties)).toThrow(message);
});

// eb-rate-expressions: "rate(1 hours) and rate(5 hour) aren't valid, but rate(1 hour) and rate(5 hours) are valid."
it('takes the rates that EventBridge takes', () => {
  expect(['rate(1 minute)', 'rate(1 hour)', 'rate(5 hours)', 'rate(2 days)'].map(periodOfRate)).toEqual(
    [1, 60, 300, 2880].map((minutes) => minutes * minuteMs),
  );
  for (const wrong of [
    'rate(1 hours)',
    'rate(5 hour)',
    'rate(0 minutes)',
    'rate(1.5 hours)',
    'rate(30 seconds)',
    '5 minutes',
  ])
    expect(() => periodOfRate(wrong), wrong).toThrow(/is not run here/);
});
