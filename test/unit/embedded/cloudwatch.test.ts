import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AlarmChange, Alarms, alarmOf } from '../../../localstack/embedded/alarms.ts';
import { cloudWatch } from '../../../localstack/embedded/cloudwatch.ts';
import { awsEndpoint, type Services } from '../../../localstack/embedded/endpoint.ts';
import { Fields } from '../../../localstack/embedded/fields.ts';
import { logs } from '../../../localstack/embedded/logs.ts';
import { MetricStore } from '../../../localstack/embedded/metric-store.ts';

const minute = 60_000;
const start = 30_000_000 * minute;
const topic = 'arn:aws:sns:us-east-1:000000000000:Warnings';
const properties = {
  Namespace: 'SitePulse',
  MetricName: 'unavailable',
  Dimensions: [{ Name: 'function', Value: 'ingest' }],
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  Threshold: 0,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
  AlarmDescription: 'why',
  AlarmActions: [topic],
  OKActions: [topic],
};
const resource = (changes: Record<string, unknown> = {}) => ({
  id: 'Unavailable',
  type: 'AWS::CloudWatch::Alarm',
  name: 'SitePulse-IngestUnavailable',
  properties: new Fields('Unavailable', { ...properties, ...changes } as never),
});

const metrics = new MetricStore();
const told: [string, AlarmChange][] = [];
const alarms = new Alarms([alarmOf(resource())], {
  metrics,
  startedAt: start,
  notify: (arn, change) => told.push([arn, change]),
});
const metric = { namespace: 'SitePulse', name: 'unavailable', dimensions: { function: 'ingest' } };
const stateNow = () => alarms.now()[0]?.state;
const lines = [
  `${new Date(start).toISOString()}\t{"level":"info","message":"calm"}`,
  `${new Date(start + 1).toISOString()}\t{"level":"error","message":"a table failed"}`,
];

let server: Server;
let client: CloudWatchClient;
let logsClient: CloudWatchLogsClient;

beforeAll(async () => {
  const groups = new Map([['IngestLog', 'ingest']]);
  const services = { cloudWatch: cloudWatch(alarms, metrics), logs: logs(groups, () => lines) } as unknown as Services;
  const handle = awsEndpoint(services);
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const options = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  };
  client = new CloudWatchClient(options);
  logsClient = new CloudWatchLogsClient(options);
});
afterAll(() => {
  client.destroy();
  logsClient.destroy();
  server.closeAllConnections();
  server.close();
});

/** Lets minutes pass, with this many batches answered 503 in each. */
function pass(from: number, ...unavailable: number[]): number {
  let at = from;
  for (const count of unavailable) {
    metrics.put(metric, count, at + 1);
    at += minute;
    alarms.evaluate(at);
  }
  return at;
}

describe('an alarm of the template', () => {
  it('says nothing until it has as many periods as it looks at, rings at two bad ones of three, and is over at two good ones', () => {
    let at = pass(start, 4, 4);
    expect(stateNow()).toBe('INSUFFICIENT_DATA');
    at = pass(at, 0);
    expect(stateNow()).toBe('ALARM');
    at = pass(at, 0);
    expect(stateNow()).toBe('OK');
    at = pass(at, 7);
    expect(stateNow()).toBe('OK');
    at = pass(at, 7);
    expect(stateNow()).toBe('ALARM');
    pass(at, 0, 0);
    expect(stateNow()).toBe('OK');
    expect(told.map(([arn, { from, to }]) => [arn, from, to])).toEqual([
      [topic, 'INSUFFICIENT_DATA', 'ALARM'],
      [topic, 'ALARM', 'OK'],
      [topic, 'OK', 'ALARM'],
      [topic, 'ALARM', 'OK'],
    ]);
    expect(told[2]?.[1].reason).toContain('2 of the last 3 data points [0, 7, 7] were GreaterThanThreshold (0)');
  });

  it.each([
    [{ Metrics: [{ Id: 'm', Expression: 'a+b' }] }, 'Metrics is not run here'],
    [{ Period: 10 }, 'a Period of 10 s is not run here'],
    [{ ComparisonOperator: 'GreaterThanUpperThreshold' }, '"GreaterThanUpperThreshold" is not run here'],
    [{ TreatMissingData: 'maybe' }, 'TreatMissingData maybe is not known'],
  ])('%j is refused by name', (changes, why) => {
    expect(() => alarmOf(resource(changes))).toThrow(why);
  });
});

describe('the endpoint, asked by the SDK', () => {
  it('describes alarms by prefix', async () => {
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'SitePulse-' }));
    expect(MetricAlarms).toMatchObject([
      {
        AlarmName: 'SitePulse-IngestUnavailable',
        AlarmDescription: 'why',
        StateValue: 'OK',
        StateTransitionedTimestamp: new Date(start + 8 * minute),
        EvaluationPeriods: 3,
        DatapointsToAlarm: 2,
      },
    ]);
    const others = await client.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'Other-' }));
    expect(others.MetricAlarms).toEqual([]);
  });

  it('tells the history, newest first', async () => {
    const { AlarmHistoryItems = [] } = await client.send(new DescribeAlarmHistoryCommand({ MaxRecords: 2 }));
    expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)).toEqual([
      'Alarm updated from ALARM to OK',
      'Alarm updated from OK to ALARM',
    ]);
  });

  it('gives the points of a metric, newest first, and none where nothing was', async () => {
    const stat = (MetricName: string) => ({
      Metric: { Namespace: 'SitePulse', MetricName, Dimensions: [{ Name: 'function', Value: 'ingest' }] },
      Period: 60,
      Stat: 'Sum',
    });
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(start + 3 * minute),
        EndTime: new Date(start + 6 * minute),
        MetricDataQueries: [
          { Id: 'a', MetricStat: stat('unavailable') },
          { Id: 'b', MetricStat: stat('rejected') },
        ],
      }),
    );
    expect(MetricDataResults.map(({ Id, Values }) => [Id, Values])).toEqual([
      ['a', [7, 7, 0]],
      ['b', []],
    ]);
    expect(MetricDataResults[0]?.Timestamps?.[0]).toEqual(new Date(start + 5 * minute));
  });

  it('finds lines of a log by any of several terms, and by time', async () => {
    const find = async (filterPattern: string, startTime: number) => {
      const { events = [] } = await logsClient.send(
        new FilterLogEventsCommand({ logGroupName: 'IngestLog', filterPattern, startTime }),
      );
      return events.map(({ message }) => JSON.parse(message ?? '').message);
    };
    expect(await find('', 0)).toEqual(['calm', 'a table failed']);
    expect(await find('', start + 1)).toEqual(['a table failed']);
    expect(await find('?"\\"level\\":\\"error\\"" ?warn', 0)).toEqual(['a table failed']);
    expect(await find('table failed', 0)).toEqual(['a table failed']);
    expect(await find('table calm', 0)).toEqual([]);
  });

  it('refuses by name what it does not know', async () => {
    await expect(
      logsClient.send(new FilterLogEventsCommand({ logGroupName: 'Nobody', startTime: 0 })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(
      logsClient.send(new FilterLogEventsCommand({ logGroupName: 'IngestLog', filterPattern: '{ $.a = 1 }' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
