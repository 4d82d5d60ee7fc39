import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { PulseFunction } from '../../cdk/pulse-function.ts';
import { runEvery } from '../../cdk/run-every.ts';
import { resolveTemplate } from '../../localstack/embedded/template.ts';
import { assetRoot, flat, resourcesOf } from './synthesised.ts';

it('a scheduled function has a rule of its own, which alone may run it, and which the embedded cloud can run', () => {
  const stack = new Stack(new App(), 'S');
  const fn = new PulseFunction(stack, 'Capture', {
    assetRoot: assetRoot(['capture']),
    tracing: false,
    logRetentionDays: 30,
    name: 'capture',
    description: 'runs now and then',
    memoryMegabytes: 128,
    timeoutSeconds: 3,
    environment: {},
  });
  runEvery(fn, Duration.minutes(5), { job: 'plan' });
  const template = Template.fromStack(stack);
  const [rule] = Object.values(resourcesOf(template, 'AWS::Events::Rule'));
  expect(rule?.Properties).toMatchObject({
    ScheduleExpression: 'rate(5 minutes)',
    State: 'ENABLED',
    Targets: [{ Input: '{"job":"plan"}', RetryPolicy: { MaximumEventAgeInSeconds: 300 } }],
  });
  const [permission] = Object.values(resourcesOf(template, 'AWS::Lambda::Permission'));
  expect([permission?.Properties.Principal, flat(permission?.Properties.SourceArn)]).toEqual([
    'events.amazonaws.com',
    '<CaptureSchedule.Arn>',
  ]);
  const { Parameters, Conditions, Resources } = template.toJSON();
  const run = resolveTemplate({ Parameters, Conditions, Resources }, 'S', {});
  expect(run.filter(({ type }) => type === 'AWS::Events::Rule')).toHaveLength(1);
});
