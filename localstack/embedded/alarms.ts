import {
  type AlarmRule,
  type AlarmState,
  comparisonOf,
  isBreaching,
  pointsFurtherBack,
  stateOf,
} from './alarm-state.ts';
import { Fields } from './fields.ts';
import type { MetricName, MetricStore } from './metric-store.ts';
import { attributeOf } from './resource-identity.ts';
import type { Resource } from './template.ts';

/** An alarm of the template. */
export interface Alarm extends AlarmRule {
  name: string;
  arn: string;
  description: string;
  metric: MetricName;
  statistic: string;
  periodMs: number;
  /** ARNs of topics, by the state that was entered. */
  actions: Record<AlarmState, string[]>;
}

export interface AlarmNow {
  alarm: Alarm;
  state: AlarmState;
  reason: string;
  /** When it came into this state, ms since the epoch. */
  since: number;
}

export interface AlarmChange {
  name: string;
  at: number;
  from: AlarmState;
  to: AlarmState;
  reason: string;
}

export interface AlarmParts {
  metrics: Pick<MetricStore, 'statistic'>;
  /** Called for each action of a change, as a topic would get it. */
  notify(topicArn: string, change: AlarmChange, alarm: Alarm): void;
  /** ms since the epoch. */
  startedAt: number;
}

const historyMax = 200;

/** Evaluates the template's alarms. Whoever calls `evaluate` has the clock. */
export class Alarms {
  readonly #now: AlarmNow[];
  readonly #history: AlarmChange[] = [];

  constructor(
    alarms: readonly Alarm[],
    private readonly parts: AlarmParts,
  ) {
    const { startedAt: since } = parts;
    const reason = 'Unchecked: Initial alarm creation';
    this.#now = alarms.map((alarm) => ({ alarm, state: 'INSUFFICIENT_DATA', reason, since }));
  }

  /** In the template's order. */
  now(): readonly AlarmNow[] {
    return this.#now;
  }

  /** Newest first. */
  history(): readonly AlarmChange[] {
    return this.#history;
  }

  /** Looks at the periods that have ended by `now`. */
  evaluate(now: number): void {
    for (const one of this.#now) {
      const points = this.#pointsOf(one.alarm, now);
      // Whoever was not there has not been silent: what is missing from before the start says nothing.
      if (points.length < one.alarm.evaluationPeriods) continue;
      this.#enter(one, stateOf(one.alarm, points, one.state), points, now);
    }
  }

  #pointsOf({ metric, statistic, periodMs, evaluationPeriods }: Alarm, now: number): (number | null)[] {
    const end = Math.floor(now / periodMs) * periodMs;
    const points: (number | null)[] = [];
    for (let ago = evaluationPeriods + pointsFurtherBack; ago >= 1; ago--) {
      const from = end - ago * periodMs;
      if (from + periodMs > this.parts.startedAt) {
        points.push(this.parts.metrics.statistic(metric, statistic, from, from + periodMs));
      }
    }
    return points;
  }

  #enter(one: AlarmNow, state: AlarmState, points: (number | null)[], now: number): void {
    if (state === one.state) return;
    const { alarm } = one;
    const change = { name: alarm.name, at: now, from: one.state, to: state, reason: reasonOf(alarm, state, points) };
    Object.assign(one, { state, reason: change.reason, since: now });
    this.#history.unshift(change);
    this.#history.splice(historyMax);
    for (const topic of alarm.actions[state]) this.parts.notify(topic, change, alarm);
  }
}

function reasonOf(alarm: Alarm, state: AlarmState, points: (number | null)[]): string {
  const real = points.filter((point) => point !== null).slice(-alarm.evaluationPeriods);
  const beyond = real.filter((point) => isBreaching(alarm, point)).length;
  if (real.length === 0 && state !== 'INSUFFICIENT_DATA') return `no data, which is taken as ${alarm.missing}`;
  if (state === 'INSUFFICIENT_DATA') return 'Insufficient Data: there are no data points';
  return `Threshold Crossed: ${beyond} of the last ${real.length} data points [${real.map(rounded).join(', ')}] were ${alarm.comparison} (${alarm.threshold}), and ${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods} make it ring`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** @throws Error that names what of an alarm is not run here. */
export function alarmOf({ id, name, properties }: Resource): Alarm {
  for (const setting of ['Metrics', 'ThresholdMetricId', 'EvaluateLowSampleCountPercentile', 'Unit']) {
    if (properties.has(setting)) throw new Error(`${id}: ${setting} is not run here`);
  }
  const periodMs = properties.number('Period') * 1000;
  if (periodMs % 60_000 !== 0)
    throw new Error(`${id}: a Period of ${periodMs / 1000} s is not run here: whole minutes are`);
  const evaluationPeriods = properties.number('EvaluationPeriods');
  const missing = properties.text('TreatMissingData', 'missing');
  if (missing !== 'missing' && missing !== 'ignore' && missing !== 'breaching' && missing !== 'notBreaching') {
    throw new Error(`${id}: TreatMissingData ${missing} is not known`);
  }
  const isOn = properties.text('ActionsEnabled', 'true') === 'true';
  const actions = (setting: string) => (isOn ? properties.texts(setting) : []);
  return {
    name,
    arn: attributeOf('AWS::CloudWatch::Alarm', name, 'Arn'),
    description: properties.text('AlarmDescription', ''),
    metric: {
      namespace: properties.text('Namespace'),
      name: properties.text('MetricName'),
      dimensions: Object.fromEntries(
        properties.list('Dimensions').map((value) => {
          const dimension = new Fields(`${id}.Dimensions`, value);
          return [dimension.text('Name'), dimension.text('Value')];
        }),
      ),
    },
    statistic: properties.text('ExtendedStatistic', properties.text('Statistic', '')),
    periodMs,
    comparison: comparisonOf(properties.text('ComparisonOperator')),
    threshold: properties.number('Threshold'),
    evaluationPeriods,
    datapointsToAlarm: properties.number('DatapointsToAlarm', evaluationPeriods),
    missing,
    actions: {
      ALARM: actions('AlarmActions'),
      OK: actions('OKActions'),
      INSUFFICIENT_DATA: actions('InsufficientDataActions'),
    },
  };
}
