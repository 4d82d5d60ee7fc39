import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cloudWatchMonitor } from '../../../functions/query/monitor.cloudwatch.ts';
import type { Monitor } from '../../../functions/query/monitor.ts';
import { Alarms, alarmOf } from '../../../localstack/embedded/alarms.ts';
import { cloudWatch } from '../../../localstack/embedded/cloudwatch.ts';
import { awsEndpoint, type Services } from '../../../localstack/embedded/endpoint.ts';
import { Fields } from '../../../localstack/embedded/fields.ts';
import { logs } from '../../../localstack/embedded/logs.ts';
import { MetricStore } from '../../../localstack/embedded/metric-store.ts';
import { demoApi, now } from './demo-api.ts';

const minute = 60_000;
const start = Math.floor(now / minute) * minute - 10 * minute;

function alarm(name: string, MetricName: string) {
  const properties = new Fields(name, {
    Namespace: 'SitePulse',
    MetricName,
    Dimensions: [{ Name: 'function', Value: 'ingest' }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    AlarmDescription: `${name.slice(10)} means this.\nRUNBOOK: cdk/RUNBOOK.md`,
  });
  return alarmOf({ id: name, type: 'AWS::CloudWatch::Alarm', name, properties });
}

let server: Server;
let monitor: Monitor;

beforeAll(async () => {
  const metrics = new MetricStore();
  const definitions = [
    alarm('SitePulse-Quiet', 'nothing'),
    alarm('SitePulse-Loud', 'unavailable'),
    alarm('Other-A', 'x'),
  ];
  const alarms = new Alarms(definitions, { metrics, startedAt: start, notify: () => undefined });
  metrics.put({ namespace: 'SitePulse', name: 'unavailable', dimensions: { function: 'ingest' } }, 3, start);
  metrics.put({ namespace: 'SitePulse', name: 'acceptedBatches', dimensions: { function: 'ingest' } }, 7, start);
  metrics.put({ namespace: 'AWS/Lambda', name: 'IteratorAge', dimensions: { FunctionName: 'counter' } }, 900, start);
  alarms.evaluate(start + minute);
  const lines = [
    `${new Date(now - 5_000).toISOString()}\t{"level":"info","message":"calm"}`,
    `${new Date(now - 4_000).toISOString()}\t{"level":"error","message":"first"}`,
    `${new Date(now - 3_000).toISOString()}\tTask timed out after 10.00 seconds`,
    `${new Date(now - 700_000).toISOString()}\t{"level":"error","message":"long ago"}`,
  ];
  const services = { cloudWatch: cloudWatch(alarms, metrics), logs: logs(new Map([['Group', 'ingest']]), () => lines) };
  const handle = awsEndpoint(services as unknown as Services);
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'us-east-1');
  monitor = cloudWatchMonitor({
    alarmPrefix: 'SitePulse-',
    logGroups: new Map([['ingest', 'Group']]),
    readers: new Map([['process', 'counter']]),
  });
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

describe('what CloudWatch tells of the system', () => {
  it('is the deployment’s own alarms, those that ring first, their changes and figures', async () => {
    const { alarms, changes, series } = await monitor.system(start + 2 * minute);
    expect(alarms.map(({ name, state, what }) => [name, state, what])).toEqual([
      ['Loud', 'alarm', 'Loud means this.'],
      ['Quiet', 'ok', 'Quiet means this.'],
    ]);
    expect(alarms[0]).toMatchObject({ since: start + minute, reason: expect.stringContaining('1 of the last 1') });
    expect(changes.map(({ name, at, to }) => [name, at, to])).toEqual(
      expect.arrayContaining([['Loud', start + minute, 'alarm']]),
    );
    const points = Object.fromEntries(series.map(({ name, points: all }) => [name, all]));
    expect([points.taken, points.countingLag, points.pushed]).toEqual([[[start, 7]], [[start, 900]], []]);
  });

  it('is the problems of a log, newest first, or all of its last minute', async () => {
    expect((await monitor.log('ingest', true, now)).lines.map(({ text }) => text)).toEqual([
      'Task timed out after 10.00 seconds',
      '{"level":"error","message":"first"}',
    ]);
    expect((await monitor.log('ingest', false, now)).lines).toHaveLength(3);
  });
});

describe('the routes', () => {
  it('answer what the monitor says, as their schema has it', async () => {
    const { ask } = await demoApi();
    expect((await ask('/v1/sites/demo/system')).json).toEqual({ at: now, alarms: [], changes: [], series: [] });
    expect((await ask('/v1/sites/demo/log?function=process')).json).toMatchObject({ lines: [{ at: now }] });
  });

  it('refuse a function that there is not, by name', async () => {
    const { ask } = await demoApi();
    const { statusCode, json } = await ask('/v1/sites/demo/log?function=bash');
    expect([statusCode, json.error.code]).toEqual([400, 'bad-function']);
  });
});
