import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricAlarm,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import {
  type LogAnswer,
  type LoggedFunction,
  type SystemAlarm,
  type SystemAlarmState,
  type SystemAnswer,
  type SystemChange,
  type SystemSeries,
  systemSeries,
} from '../contract/system.ts';
import { metricNamespace } from '../metrics.ts';
import type { Monitor } from './monitor.ts';

export interface MonitorOptions {
  /** Of the names of the deployment's alarms. */
  alarmPrefix: string;
  /** Each function's log group. */
  logGroups: ReadonlyMap<string, string>;
  /** The names of the functions that read the stream: `process` and `archive`. */
  readers: ReadonlyMap<string, string>;
}

const minuteMs = 60_000;
const seriesMs = 3 * 60 * minuteMs;
const historyMs = 24 * 60 * minuteMs;
const changesMax = 30;
const logMs = 10 * minuteMs;
const linesMax = 100;
/** A page of a quiet log group may be empty and name a next one. */
const logPagesMax = 5;
/** A log line is shown, not kept. */
const lineCharactersMax = 2_000;

const own = (fn: string, name: string, Stat: string) => ({
  Namespace: metricNamespace,
  name,
  dimension: ['function', fn],
  Stat,
});

/** Alarms, metrics and logs by CloudWatch, or what answers in its place at the same endpoint. */
export function cloudWatchMonitor({ alarmPrefix, logGroups, readers }: MonitorOptions): Monitor {
  const options = {
    maxAttempts: 2,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1_000,
      requestTimeout: 5_000,
      throwOnRequestTimeout: true,
    }),
  };
  const client = new CloudWatchClient(options);
  const logsClient = new CloudWatchLogsClient(options);
  const age = (reader: string) => ({
    Namespace: 'AWS/Lambda',
    name: 'IteratorAge',
    dimension: ['FunctionName', readers.get(reader) ?? reader],
    Stat: 'Maximum',
  });
  const measured: Record<SystemSeries, ReturnType<typeof own>> = {
    taken: own('ingest', 'acceptedBatches', 'Sum'),
    rejected: own('ingest', 'rejected', 'Sum'),
    countingLag: age('process'),
    archiveLag: age('archive'),
    toPush: own('process', 'receiptToPush', 'p95'),
    pushed: own('process', 'pushed', 'Sum'),
    written: own('process', 'writeUnits', 'Sum'),
    answering: own('query', 'queryMs', 'p95'),
  };

  async function series(now: number): Promise<SystemAnswer['series']> {
    const names = Object.keys(systemSeries) as SystemSeries[];
    const MetricDataQueries = names.map((name): MetricDataQuery => {
      const { Namespace, name: MetricName, dimension, Stat } = measured[name];
      const [Name, Value] = dimension;
      return {
        Id: name,
        MetricStat: { Metric: { Namespace, MetricName, Dimensions: [{ Name, Value }] }, Period: 60, Stat },
      };
    });
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(now - seriesMs),
        EndTime: new Date(now),
        ScanBy: 'TimestampAscending',
        MetricDataQueries,
      }),
    );
    return names.map((name) => {
      const { Timestamps = [], Values = [] } = MetricDataResults.find(({ Id }) => Id === name) ?? {};
      const points = Timestamps.map((at, index): [number, number] => [at.getTime(), Values[index] ?? 0]);
      return { name, points: points.sort(([one], [other]) => one - other) };
    });
  }

  async function changes(now: number): Promise<SystemChange[]> {
    const { AlarmHistoryItems = [] } = await client.send(
      new DescribeAlarmHistoryCommand({
        HistoryItemType: 'StateUpdate',
        StartDate: new Date(now - historyMs),
        EndDate: new Date(now),
        ScanBy: 'TimestampDescending',
        MaxRecords: 100,
      }),
    );
    return AlarmHistoryItems.filter(({ AlarmName = '' }) => AlarmName.startsWith(alarmPrefix))
      .slice(0, changesMax)
      .map(({ AlarmName = '', Timestamp, HistorySummary = '' }) => ({
        name: AlarmName.slice(alarmPrefix.length),
        at: Timestamp?.getTime() ?? 0,
        to: stateOf(/ to (\w+)/.exec(HistorySummary)?.[1]),
      }));
  }

  return {
    async system(now) {
      const [{ MetricAlarms = [] }, recent, measuredSeries] = await Promise.all([
        client.send(
          new DescribeAlarmsCommand({ AlarmNamePrefix: alarmPrefix, AlarmTypes: ['MetricAlarm'], MaxRecords: 100 }),
        ),
        changes(now),
        series(now),
      ]);
      const alarms = MetricAlarms.map((alarm) => alarmOf(alarm, alarmPrefix));
      alarms.sort((one, other) => order[one.state] - order[other.state]);
      return { at: now, alarms, changes: recent, series: measuredSeries };
    },

    async log(fn: LoggedFunction, problems: boolean, now: number): Promise<LogAnswer> {
      const lines: LogAnswer['lines'] = [];
      let nextToken: string | undefined;
      for (let page = 0; page < logPagesMax; page++) {
        const { events = [], nextToken: next } = await logsClient.send(
          new FilterLogEventsCommand({
            logGroupName: logGroups.get(fn) ?? fn,
            // All lines of a busy function would be pages of thousands: its last seconds say what it does.
            startTime: problems ? now - logMs : now - minuteMs,
            ...(problems && { filterPattern: problemPattern }),
            ...(nextToken && { nextToken }),
          }),
        );
        for (const { timestamp = 0, message = '' } of events) {
          lines.push({ at: timestamp, text: message.slice(0, lineCharactersMax).trimEnd() });
        }
        nextToken = next;
        if (!nextToken) break;
      }
      lines.sort((one, other) => other.at - one.at);
      return { lines: lines.slice(0, linesMax), isMore: nextToken !== undefined || lines.length > linesMax };
    },
  };
}

/** Our own lines of these levels, and what Lambda itself says of a function that ended. */
const problemPattern = '?"\\"level\\":\\"error\\"" ?"\\"level\\":\\"warn\\"" ?"Task timed out" ?"Runtime exited"';

const order: Record<SystemAlarmState, number> = { alarm: 0, unknown: 1, ok: 2 };

function stateOf(value: string | undefined): SystemAlarmState {
  if (value === 'OK') return 'ok';
  return value === 'ALARM' ? 'alarm' : 'unknown';
}

function alarmOf(alarm: MetricAlarm, prefix: string): SystemAlarm {
  const { AlarmName = '', StateValue, StateReason = '', AlarmDescription = '' } = alarm;
  const changedAt = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    name: AlarmName.slice(prefix.length),
    state: stateOf(StateValue),
    since: changedAt?.getTime() ?? 0,
    what: AlarmDescription.split('\n')[0] ?? '',
    reason: StateReason,
  };
}
