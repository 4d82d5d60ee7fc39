import { ArnFormat, Stack } from 'aws-cdk-lib';
import { environmentName as env } from '../functions/environment.ts';
import type { PulseFunction } from './pulse-function.ts';

export interface SystemViewProps {
  query: PulseFunction;
  /** By the names that the API knows them by. */
  functions: Record<string, PulseFunction>;
  /** Those that read the stream. */
  readers: Record<string, PulseFunction>;
  /** Of the alarms' names. */
  alarmPrefix: string;
}

/** Lets the query function read the alarms, the metrics and the functions' logs, for the dashboard's health page. */
export function letSeeSystem({ query, functions, readers, alarmPrefix }: SystemViewProps): void {
  const listOf = (entries: [string, string][]) => entries.map(([name, value]) => `${name}=${value}`).join(',');
  const { lambda } = query;
  lambda.addEnvironment(env.alarmPrefix, alarmPrefix);
  lambda.addEnvironment(
    env.logGroups,
    listOf(Object.entries(functions).map(([name, fn]) => [name, fn.logGroup.logGroupName])),
  );
  lambda.addEnvironment(
    env.streamReaders,
    listOf(Object.entries(readers).map(([name, fn]) => [name, fn.lambda.functionName])),
  );
  for (const { logGroup } of Object.values(functions)) query.allow(['logs:FilterLogEvents'], logGroup.logGroupArn);
  query.allowWithin(
    ['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'],
    Stack.of(query).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
    'Alarms are asked for by the prefix of their names, which is allowed on all alarms of an account or on none.',
  );
  query.allowWithin(
    ['cloudwatch:GetMetricData'],
    '*',
    'GetMetricData knows no resources: it is allowed on all metrics or on none.',
  );
}
