import { join } from 'node:path';
import { type Alarm, type AlarmChange, Alarms, alarmOf } from './alarms.ts';
import { type CloudWatch, cloudWatch } from './cloudwatch.ts';
import { metricsOfLine } from './embedded-metrics.ts';
import { FunctionLog } from './function-log.ts';
import { MetricStore } from './metric-store.ts';
import { nameInArn } from './resource-identity.ts';
import type { Template } from './template.ts';

/** What the running parts tell of themselves. */
export interface Measure {
  /** A line that a function wrote. */
  line(fn: string, line: string): void;
  invocation(fn: string, outcome: 'value' | 'error' | 'throttled', ms: number): void;
  /** How old the newest record was that an event source mapping handed to a function. */
  iteratorAge(fn: string, ms: number): void;
}

/** What CloudWatch and SNS do: metrics from the functions' logs and from Lambda itself, the template's alarms, and where they go. */
export interface Monitoring {
  measure: Measure;
  cloudWatch: CloudWatch;
  /** From now on the alarms are evaluated. */
  start(): void;
  close(): Promise<void>;
}

/** Standard alarms are evaluated each minute; looking more often finds a period that has ended sooner, and the same states. */
const evaluateEveryMs = 5_000;

export function startMonitoring(template: Template, logFolder: string): Monitoring {
  const metrics = new MetricStore();
  const topics = new Map<string, FunctionLog>();
  const startedAt = Date.now();
  const notify = (topicArn: string, change: AlarmChange, alarm: Alarm): void => {
    const name = nameInArn(topicArn);
    const log = topics.get(name) ?? new FunctionLog(join(logFolder, `${name}.log`));
    topics.set(name, log);
    log.add(JSON.stringify(notificationOf(change, alarm)));
  };
  const alarms = new Alarms(template.ofType('AWS::CloudWatch::Alarm').map(alarmOf), { metrics, notify, startedAt });
  let timer: NodeJS.Timeout | undefined;
  return {
    measure: measureInto(metrics),
    cloudWatch: cloudWatch(alarms, metrics),
    start() {
      timer = setInterval(() => alarms.evaluate(Date.now()), evaluateEveryMs).unref();
    },
    async close() {
      clearInterval(timer);
      await Promise.all([...topics.values()].map((log) => log.close()));
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
function measureInto(metrics: MetricStore): Measure {
  const lambda = (fn: string, name: string, value: number) => {
    metrics.put({ namespace: 'AWS/Lambda', name, dimensions: { FunctionName: fn } }, value, Date.now());
  };
  return {
    line(_fn, line) {
      for (const { metric, value, at } of metricsOfLine(line)) metrics.put(metric, value, at);
    },
    invocation(fn, outcome, ms) {
      // "Throttled requests … don't count as either Invocations or Errors."
      lambda(fn, 'Throttles', outcome === 'throttled' ? 1 : 0);
      if (outcome === 'throttled') return;
      lambda(fn, 'Invocations', 1);
      lambda(fn, 'Errors', outcome === 'error' ? 1 : 0);
      lambda(fn, 'Duration', ms);
    },
    iteratorAge: (fn, ms) => lambda(fn, 'IteratorAge', ms),
  };
}

/** The parts of SNS's message that say something here. */
function notificationOf({ name, at, from, to, reason }: AlarmChange, { description }: Alarm): object {
  return {
    AlarmName: name,
    AlarmDescription: description,
    OldStateValue: from,
    NewStateValue: to,
    NewStateReason: reason,
    StateChangeTime: new Date(at).toISOString(),
  };
}
