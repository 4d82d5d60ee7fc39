import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { type MeteredFunction, metricNamespace, type metrics } from '../functions/metrics.ts';

/** A metric that a function writes into its log (see `functions/metrics.ts`): its sum each minute by default. */
export function ownMetric<F extends MeteredFunction>(
  fn: F,
  metricName: keyof (typeof metrics)[F] & string,
  options: MetricOptions = {},
): Metric {
  return new Metric({
    namespace: metricNamespace,
    metricName,
    dimensionsMap: { function: fn },
    statistic: 'Sum',
    period: Duration.minutes(1),
    ...options,
  });
}
