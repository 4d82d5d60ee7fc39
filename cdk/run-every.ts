import type { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { PulseFunction } from './pulse-function.ts';

/**
 * Has a function run at a fixed rate of whole minutes, with `input` as its event. EventBridge may send a run twice, and a run may begin
 * before the last one has ended. One that could not be sent for a whole period is dropped: the next one is due.
 */
export function runEvery(fn: PulseFunction, every: Duration, input: Record<string, unknown> = {}): Rule {
  return new Rule(fn, 'Schedule', {
    schedule: Schedule.rate(every),
    targets: [new LambdaFunction(fn.lambda, { event: RuleTargetInput.fromObject(input), maxEventAge: every })],
  });
}
