import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ownMetric } from './own-metric.ts';
import type { PulseFunction } from './pulse-function.ts';

export interface AlarmsProps {
  /** Of their names, by which they are found: no other alarm of the account has it. */
  prefix: string;
  topic: ITopic;
  stream: Stream;
  ingest: PulseFunction;
  process: PulseFunction;
  archive: PulseFunction;
  capture: PulseFunction;
  forget: PulseFunction;
  /** Rage clicks in five minutes, of all sites, above which it rings. */
  rageClicksMax: number;
}

/** An alarm's id is the heading of its article in `cdk/RUNBOOK.md`. */
interface Watch {
  id: string;
  what: string;
  metric: IMetric;
  /** Rings above this … */
  threshold: number;
  /** … in so many … @default 2 */
  periods?: number;
  /** … of so many periods. @default 3 */
  of?: number;
  /** It rings below the threshold, and of silence. */
  ofSilence?: true;
}

const period = Duration.minutes(1);

/** What somebody must know of before the dashboard's readers do. Silence is no alarm but the canary's: a site may have no visitors. */
export class Alarms extends Construct {
  readonly alarms: Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const watches = [...fromEndToEnd(), ...atTheDoor(props), ...onTheStream(props), ...behindTheCounters(props)];
    this.alarms = watches.map((watch) => this.add(watch, props));
  }

  private add(
    { id, what, metric, threshold, periods = 2, of = 3, ofSilence }: Watch,
    { prefix, topic }: AlarmsProps,
  ): Alarm {
    const alarm = new Alarm(this, id, {
      alarmName: `${prefix}${id}`,
      metric,
      threshold,
      comparisonOperator: ofSilence
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: of,
      datapointsToAlarm: periods,
      treatMissingData: ofSilence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${what}\nRUNBOOK: cdk/RUNBOOK.md#${id.toLowerCase()}`,
    });
    const action = new SnsAction(topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }
}

function atTheDoor({ ingest, stream, rageClicksMax }: AlarmsProps): Watch[] {
  return [
    {
      id: 'IngestUnavailable',
      what: 'Batches were answered 503: a table or the stream failed. The snippet tries again, for as long as its page is open.',
      metric: ownMetric('ingest', 'unavailable'),
      threshold: 0,
    },
    {
      id: 'IngestErrors',
      what: 'The ingest function itself failed or ran out of time.',
      metric: ingest.lambda.metricErrors({ period }),
      threshold: 0,
    },
    {
      id: 'IngestThrottled',
      what: 'Lambda turned requests away, because too many ingest functions ran at once. The snippet tries again.',
      metric: ingest.lambda.metricThrottles({ period }),
      threshold: 0,
    },
    {
      id: 'StreamThrottled',
      what: 'The stream took less than ingest wanted to write: it has too few shards for this load.',
      metric: stream.metric('WriteProvisionedThroughputExceeded', { period, statistic: 'Sum' }),
      threshold: 0,
    },
    {
      id: 'BudgetSpent',
      what: 'A site has spent its budget of the month: it keeps less of pointer movement, and nothing else of it is stopped.',
      metric: ownMetric('budget', 'sitesOverBudget', { period: Duration.minutes(10), statistic: 'Maximum' }),
      threshold: 0,
      periods: 1,
      of: 1,
    },
    {
      id: 'RageSurge',
      what: `Visitors have clicked in rage over ${rageClicksMax} times in five minutes: something that they want does not work.`,
      metric: ownMetric('process', 'rageClicks', { period: Duration.minutes(5) }),
      threshold: rageClicksMax,
      periods: 1,
      of: 1,
    },
  ];
}

function fromEndToEnd(): Watch[] {
  return [
    {
      id: 'CanarySilent',
      what: 'The page view that is sent each minute to a hidden site was not taken, or not counted within 45 s.',
      metric: ownMetric('canary', 'canarySeen'),
      threshold: 1,
      ofSilence: true,
    },
    {
      id: 'CanarySlow',
      what: 'From a page to its counter it takes over 10 s: dashboards are late.',
      metric: ownMetric('canary', 'canaryMs', { statistic: 'Maximum' }),
      threshold: 10_000,
    },
  ];
}

function onTheStream({ process }: AlarmsProps): Watch[] {
  return [
    {
      id: 'StreamBehind',
      what: 'The oldest record waiting on the stream is over a minute old: dashboards stand still. Records are lost at 24 hours.',
      metric: process.lambda.metric('IteratorAge', { period, statistic: 'Maximum' }),
      threshold: 60_000,
    },
    {
      id: 'ProcessErrors',
      what: 'The processor failed, and its batch is being tried again. Nothing counts twice, and nothing behind it on its shard counts yet.',
      metric: process.lambda.metricErrors({ period }),
      threshold: 0,
    },
    {
      id: 'ProcessThrottled',
      what: 'Lambda did not let the processor run, because too many functions of the account ran at once.',
      metric: process.lambda.metricThrottles({ period }),
      threshold: 0,
    },
    {
      id: 'BatchesRetried',
      what: 'Batches were given back because an item could not be written. Nothing counts twice, and nothing behind them on their shard counts yet.',
      metric: ownMetric('process', 'retriedBatches'),
      threshold: 0,
    },
    {
      id: 'TablesThrottled',
      what: 'DynamoDB throttled the processor. It tries again, and falls behind if that lasts.',
      metric: ownMetric('process', 'throttles'),
      threshold: 0,
      of: 5,
      periods: 3,
    },
    {
      id: 'FailedRecords',
      what: 'Records could not be read or counted, and were put under failed/ in the archive bucket.',
      metric: ownMetric('process', 'failedRecords'),
      threshold: 0,
      periods: 1,
      of: 5,
    },
  ];
}

function behindTheCounters({ archive, capture, forget }: AlarmsProps): Watch[] {
  return [
    {
      id: 'PushFailures',
      what: 'Totals could not be pushed to dashboards. They resync each minute, so numbers are late and not wrong.',
      metric: ownMetric('process', 'pushFailures'),
      threshold: 0,
    },
    {
      id: 'SocketErrors',
      what: 'Dashboards could not be let in, or not be answered, over the WebSocket.',
      metric: ownMetric('socket', 'socketErrors'),
      threshold: 0,
    },
    {
      id: 'QueryErrors',
      what: 'The API answered 500.',
      metric: ownMetric('query', 'queryErrors'),
      threshold: 0,
    },
    {
      id: 'AlertsUndelivered',
      what: 'The owners of a site could not be told of something unusual, by one way or by all.',
      metric: ownMetric('alerts', 'alertFailures', { period: Duration.minutes(5) }),
      threshold: 0,
      periods: 1,
      of: 1,
    },
    {
      id: 'CaptureErrors',
      what: 'The capture function failed: pictures of pages are missing or old. Counting is not affected.',
      metric: capture.lambda.metricErrors({ period }),
      threshold: 0,
      periods: 1,
    },
    {
      id: 'ArchiveBehind',
      what: 'The oldest record that waits to be archived is over an hour old. Counting is not affected; records are lost to the archive at 24 hours.',
      metric: archive.lambda.metric('IteratorAge', { period, statistic: 'Maximum' }),
      threshold: 3_600_000,
      periods: 1,
      of: 5,
    },
    {
      id: 'NotForgotten',
      what: 'A site was not swept to the end: a salt, a visitor who is to be erased or an old archive is still there. It is tried again each hour.',
      metric: ownMetric('forget', 'sweepFailures'),
      threshold: 0,
      periods: 1,
    },
    {
      id: 'ForgetErrors',
      what: 'The hourly sweep itself failed or ran out of time.',
      metric: forget.lambda.metricErrors({ period }),
      threshold: 0,
      periods: 1,
    },
  ];
}
