import type { AlarmNow, Alarms } from './alarms.ts';
import { ServiceError } from './aws-json.ts';
import type { MetricStore } from './metric-store.ts';

/** `DescribeAlarms`, `DescribeAlarmHistory` and `GetMetricData`, as the SDK asks for them (AWS JSON 1.0). Times are seconds since the epoch. */
export interface CloudWatch {
  /** @throws ServiceError that the caller is answered. */
  answer(operation: string, input: Record<string, unknown>): object;
}

interface MetricQuery {
  Id: string;
  MetricStat?: {
    Metric: { Namespace: string; MetricName: string; Dimensions?: { Name: string; Value: string }[] };
    Period: number;
    Stat: string;
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const queriesMax = 500;
const recordsMax = 100;

export function cloudWatch(alarms: Alarms, metrics: MetricStore): CloudWatch {
  const operations: Record<string, (input: Record<string, unknown>) => object> = {
    DescribeAlarms: ({ AlarmNames, AlarmNamePrefix, StateValue, MaxRecords }) => ({
      CompositeAlarms: [],
      MetricAlarms: alarms
        .now()
        .filter(({ alarm }) => !Array.isArray(AlarmNames) || AlarmNames.includes(alarm.name))
        .filter(({ alarm }) => alarm.name.startsWith(String(AlarmNamePrefix ?? '')))
        .filter(({ state }) => StateValue === undefined || state === StateValue)
        .slice(0, limitOf(MaxRecords))
        .map(described),
    }),
    DescribeAlarmHistory: ({ AlarmName, MaxRecords }) => ({
      AlarmHistoryItems: alarms
        .history()
        .filter(({ name }) => AlarmName === undefined || name === AlarmName)
        .slice(0, limitOf(MaxRecords))
        .map(({ name, at, from, to, reason }) => ({
          AlarmName: name,
          AlarmType: 'MetricAlarm',
          Timestamp: at / 1000,
          HistoryItemType: 'StateUpdate',
          HistorySummary: `Alarm updated from ${from} to ${to}`,
          HistoryData: JSON.stringify({
            version: '1.0',
            oldState: { stateValue: from },
            newState: { stateValue: to, stateReason: reason },
          }),
        })),
    }),
    GetMetricData: ({ MetricDataQueries, StartTime, EndTime }) => {
      const queries = MetricDataQueries as MetricQuery[];
      if (!Array.isArray(queries) || queries.length > queriesMax)
        throw invalid(`up to ${queriesMax} queries are answered`);
      return {
        Messages: [],
        MetricDataResults: queries.map((query) => resultOf(query, Number(StartTime), Number(EndTime), metrics)),
      };
    },
  };
  return {
    answer(operation, input) {
      const run = operations[operation];
      if (!run) throw new ServiceError('UnknownOperationException', `CloudWatch's ${operation} is not run here`);
      return run(input);
    },
  };
}

function limitOf(given: unknown): number {
  return Math.min(recordsMax, Number(given ?? recordsMax));
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message);
}

function described({ alarm, state, reason, since }: AlarmNow): object {
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: alarm.description,
    ActionsEnabled: true,
    AlarmActions: alarm.actions.ALARM,
    OKActions: alarm.actions.OK,
    InsufficientDataActions: alarm.actions.INSUFFICIENT_DATA,
    StateValue: state,
    StateReason: reason,
    StateUpdatedTimestamp: since / 1000,
    StateTransitionedTimestamp: since / 1000,
    Namespace: alarm.metric.namespace,
    MetricName: alarm.metric.name,
    Dimensions: Object.entries(alarm.metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Statistic: alarm.statistic,
    Period: alarm.periodMs / 1000,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison,
    TreatMissingData: alarm.missing,
  };
}

/** Newest first, as CloudWatch answers by default. */
function resultOf({ Id, MetricStat }: MetricQuery, start: number, end: number, metrics: MetricStore): object {
  if (!MetricStat) throw invalid(`${Id}: metric math is not run here`);
  const { Metric, Period, Stat } = MetricStat;
  if (!(Period >= 60) || Period % 60 !== 0)
    throw invalid(`${Id}: a Period of whole minutes is run here, not ${Period} s`);
  const dimensions = Object.fromEntries((Metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]));
  const metric = { namespace: Metric.Namespace, name: Metric.MetricName, dimensions };
  const times: number[] = [];
  const values: number[] = [];
  for (let at = Math.ceil(end / Period) * Period - Period; at >= Math.floor(start / Period) * Period; at -= Period) {
    const value = metrics.statistic(metric, Stat, at * 1000, (at + Period) * 1000);
    if (value === null) continue;
    times.push(at);
    values.push(value);
  }
  return { Id, Label: Metric.MetricName, Timestamps: times, Values: values, StatusCode: 'Complete' };
}
