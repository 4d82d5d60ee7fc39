import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Fields } from './fields.ts';
import type { Lambda } from './lambda.ts';
import { periodOfRate } from './rate.ts';
import { account, attributeOf, nameInArn, region } from './resource-identity.ts';
import type { Resource, Template } from './template.ts';

export interface ScheduleParts {
  lambda: Pick<Lambda, 'send' | 'has'>;
  /** Holds when each rule was last due, so that a rate of hours does not begin anew with every start. */
  file: string;
}

export interface Schedules {
  close(): void;
}

interface Rule {
  name: string;
  periodMs: number;
  /** `input`: what the template gives instead of the event. */
  targets: { fn: string; input: string | undefined }[];
}

/** Node's timers hold no more than 24 days. */
const waitMsMax = 86_400_000;

/**
 * Runs the template's scheduled rules as EventBridge does: each sends its targets an event when it is due, asynchronously, so that
 * a run may begin before the last one has ended. The first run is one period after the rule was first seen. What fell due while
 * nothing ran here is made up for by one run at the start.
 * @throws Error that names what of a rule is not run here.
 */
export function startSchedules(template: Pick<Template, 'ofType'>, { lambda, file }: ScheduleParts): Schedules {
  const rules = template
    .ofType('AWS::Events::Rule')
    .filter(({ properties }) => properties.text('State', 'ENABLED') === 'ENABLED')
    .map((resource) => ruleOf(resource, lambda));
  const lastDue = readOrEmpty(file);
  const timers = new Map<string, NodeJS.Timeout>();

  function setDue(name: string, at: number): void {
    lastDue[name] = at;
    writeFileSync(`${file}.unfinished`, JSON.stringify(lastDue));
    renameSync(`${file}.unfinished`, file);
  }
  function wait(rule: Rule): void {
    const dueInMs = (lastDue[rule.name] ?? 0) + rule.periodMs - Date.now();
    timers.set(
      rule.name,
      setTimeout(() => look(rule), Math.min(waitMsMax, Math.max(0, dueInMs))),
    );
  }
  function look(rule: Rule): void {
    const last = lastDue[rule.name] ?? 0;
    const periods = Math.floor((Date.now() - last) / rule.periodMs);
    if (periods >= 1) {
      setDue(rule.name, last + periods * rule.periodMs);
      for (const { fn, input } of rule.targets) lambda.send(fn, input ?? scheduledEvent(rule.name, Date.now()));
    }
    wait(rule);
  }
  for (const rule of rules) {
    if (lastDue[rule.name] === undefined) setDue(rule.name, Date.now());
    wait(rule);
  }
  return {
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** A target's retry policy is about delivery, which does not fail here. */
const targetSettings = ['Arn', 'Id', 'Input', 'RetryPolicy'];

function ruleOf({ id, name, properties }: Resource, lambda: ScheduleParts['lambda']): Rule {
  if (properties.has('EventPattern')) throw new Error(`${id}: a rule by EventPattern is not run here`);
  const targets = properties.list('Targets').map((value) => {
    const target = new Fields(`${id}.Targets`, value);
    const unknown = target.names().find((setting) => !targetSettings.includes(setting));
    if (unknown) throw new Error(`${id}: a target's ${unknown} is not run here`);
    const fn = nameInArn(target.text('Arn'));
    if (!lambda.has(fn))
      throw new Error(`${id}: only functions of the template can be targets, not ${target.text('Arn')}`);
    return { fn, input: target.has('Input') ? target.text('Input') : undefined };
  });
  return { name, periodMs: periodOfRate(properties.text('ScheduleExpression')), targets };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
function scheduledEvent(rule: string, at: number): string {
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: `${new Date(at).toISOString().slice(0, 19)}Z`,
    region,
    resources: [attributeOf('AWS::Events::Rule', rule, 'Arn')],
    detail: {},
  });
}

function readOrEmpty(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
