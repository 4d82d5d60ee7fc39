import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IWidget,
  LogQueryWidget,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ownMetric } from './own-metric.ts';
import type { PulseFunction } from './pulse-function.ts';

export interface OverviewProps {
  alarms: Alarm[];
  ingest: PulseFunction;
  process: PulseFunction;
  archive: PulseFunction;
}

const width = 8;
const height = 6;

/** The pipeline on one page in CloudWatch, in order of flow. It is one of the three dashboards that an account has free of charge. */
export class Overview extends Construct {
  constructor(scope: Construct, id: string, { alarms, ingest, process, archive }: OverviewProps) {
    super(scope, id);
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.hours(3) });
    const age = (fn: PulseFunction) => fn.lambda.metric('IteratorAge', { statistic: 'Maximum', period: minute });
    const errors = [ingest, process, archive].map((fn) => fn.lambda.metricErrors({ period: minute }));
    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 4 }));
    dashboard.addWidgets(
      graph('Taken in', ownMetric('ingest', 'acceptedBatches'), ownMetric('ingest', 'acceptedEvents')),
      graph('Turned away', ownMetric('ingest', 'rejected'), ownMetric('ingest', 'unavailable')),
      rejectedByReason(ingest),
    );
    dashboard.addWidgets(
      graph('Age of what waits, ms', age(process), age(archive)),
      graph('Receipt to push, ms', ...['p50', 'p95'].map(latency)),
      graph('Errors of functions', ...errors),
    );
    dashboard.addWidgets(
      graph('Counted', ownMetric('process', 'records'), ownMetric('process', 'repeats')),
      graph('Written', ownMetric('process', 'writeUnits'), ownMetric('process', 'itemsWritten')),
      graph(
        'Held up',
        ...(['retriedBatches', 'guardConflicts', 'throttles'] as const).map((n) => ownMetric('process', n)),
      ),
    );
    dashboard.addWidgets(
      graph('Pushed', ...(['pushed', 'gone', 'pushFailures'] as const).map((name) => ownMetric('process', name))),
      graph('Answered, ms', ...['p50', 'p95'].map((statistic) => ownMetric('query', 'queryMs', { statistic }))),
      graph('Archived', ownMetric('archive', 'objects'), ownMetric('archive', 'objectBytes')),
    );
  }
}

const minute = Duration.minutes(1);
const latency = (statistic: string): Metric => ownMetric('process', 'receiptToPush', { statistic });

function graph(title: string, ...left: Metric[]): IWidget {
  return new GraphWidget({ title, left, width, height, liveData: true });
}

/** From the log: as metrics, each reason would be billed. */
function rejectedByReason({ logGroup }: PulseFunction): IWidget {
  return new LogQueryWidget({
    title: 'Turned away, by reason',
    logGroupNames: [logGroup.logGroupName],
    queryLines: ['filter rejected > 0', 'stats sum(rejected) as batches by code', 'sort batches desc'],
    width,
    height,
  });
}
