import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { PulseFunction } from './pulse-function.ts';

export interface AlarmsProps {
  ingest: PulseFunction;
  process: PulseFunction;
  archive: PulseFunction;
}

/** An alarm's id is the heading of its article in `cdk/RUNBOOK.md`. */
interface Watch {
  id: string;
  what: string;
  metric: IMetric;
  /** Rings above this … */
  threshold: number;
  /** … in so many periods of five that follow each other. */
  periods: number;
}

const period = Duration.minutes(1);
const periodsLookedAt = 5;

/** What somebody must know of before the dashboard's readers do. Silence is no alarm: a site may have no visitors. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { ingest, process, archive }: AlarmsProps) {
    super(scope, id);
    const watches: Watch[] = [
      {
        id: 'IngestUnavailable',
        what: 'Batches were answered 503: a table or the stream failed. The snippet tries again, for as long as its page is open.',
        metric: own('ingest', 'Unavailable'),
        threshold: 0,
        periods: 2,
      },
      {
        id: 'IngestErrors',
        what: 'The ingest function itself failed or ran out of time.',
        metric: ingest.lambda.metricErrors({ period }),
        threshold: 0,
        periods: 2,
      },
      {
        id: 'StreamBehind',
        what: 'The oldest record waiting on the stream is over a minute old: dashboards stand still. Records are lost at 24 hours.',
        metric: process.lambda.metric('IteratorAge', { period, statistic: 'Maximum' }),
        threshold: 60_000,
        periods: 3,
      },
      {
        id: 'ProcessErrors',
        what: 'The processor failed, and its batch is being tried again. Nothing counts twice, and nothing behind it on its shard counts yet.',
        metric: process.lambda.metricErrors({ period }),
        threshold: 0,
        periods: 3,
      },
      {
        id: 'BatchesRetried',
        what: 'Batches were given back because an item could not be written. Nothing counts twice, and nothing behind them on their shard counts yet.',
        metric: own('process', 'retriedBatches'),
        threshold: 0,
        periods: 3,
      },
      {
        id: 'FailedRecords',
        what: 'Records could not be read or counted, and were put under failed/ in the archive bucket.',
        metric: own('process', 'failedRecords'),
        threshold: 0,
        periods: 1,
      },
      {
        id: 'ArchiveBehind',
        what: 'The oldest record that waits to be archived is over an hour old. Counting is not affected; records are lost to the archive at 24 hours.',
        metric: archive.lambda.metric('IteratorAge', { period, statistic: 'Maximum' }),
        threshold: 3_600_000,
        periods: 1,
      },
    ];
    for (const watch of watches) this.add(watch);
  }

  private add({ id, what, metric, threshold, periods }: Watch): void {
    new Alarm(this, id, {
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periodsLookedAt,
      datapointsToAlarm: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${what}\nRUNBOOK: cdk/RUNBOOK.md#${id.toLowerCase()}`,
    });
  }
}

/** A metric that a function writes into its log (see `functions/metrics.ts`). */
function own(fn: string, metricName: string): Metric {
  return new Metric({ namespace: 'SitePulse', metricName, dimensionsMap: { function: fn }, statistic: 'Sum', period });
}
