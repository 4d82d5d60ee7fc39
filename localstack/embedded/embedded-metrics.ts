import type { MetricName } from './metric-store.ts';

/** A value that a line of a log carries. */
export interface LineMetric {
  metric: MetricName;
  value: number;
  /** ms since the epoch. */
  at: number;
}

interface Directive {
  Namespace: string;
  Dimensions: string[][];
  Metrics: { Name: string }[];
}

/**
 * The metrics of a log line in the embedded metric format; none for any other line. As CloudWatch does it, a line that does not
 * follow the format makes no metric, and is no error:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricsOfLine(line: string): LineMetric[] {
  if (!line.includes('"_aws"')) return [];
  try {
    const values = JSON.parse(line) as Record<string, unknown>;
    const { Timestamp, CloudWatchMetrics } = values._aws as { Timestamp: number; CloudWatchMetrics: Directive[] };
    return CloudWatchMetrics.flatMap((directive) => metricsOf(directive, values, Timestamp));
  } catch {
    return [];
  }
}

function metricsOf({ Namespace, Dimensions, Metrics }: Directive, values: Record<string, unknown>, at: number) {
  return Metrics.flatMap(({ Name }) => {
    const given = [values[Name]].flat().filter((value) => typeof value === 'number');
    return Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(values[name])]));
      const metric = { namespace: Namespace, name: Name, dimensions };
      return given.map((value) => ({ metric, value, at }));
    });
  });
}
