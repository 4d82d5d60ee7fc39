/**
 * CloudWatch metrics by the embedded metric format: a log line that CloudWatch turns into metrics without a call
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * The only dimension is the function: each distinct metric is billed, so never a site, a page or a visitor.
 */
export type MetricUnit = 'Count' | 'Milliseconds' | 'Bytes';

export function emitMetrics(fn: string, values: Record<string, [value: number, unit: MetricUnit]>, now: number): void {
  const metrics = Object.entries(values).map(([Name, [, Unit]]) => ({ Name, Unit }));
  const line: Record<string, unknown> = {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{ Namespace: 'SitePulse', Dimensions: [['function']], Metrics: metrics }],
    },
    function: fn,
  };
  for (const [name, [value]] of Object.entries(values)) line[name] = value;
  console.log(JSON.stringify(line));
}
