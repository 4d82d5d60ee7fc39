/**
 * CloudWatch metrics by the embedded metric format: a log line that CloudWatch turns into metrics without a call
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * The only dimension is the function: each distinct metric is billed, so never a site, a page or a visitor.
 */
export type MetricUnit = 'Count' | 'Milliseconds' | 'Bytes';

export const metricNamespace = 'SitePulse';

interface Metric {
  unit: MetricUnit;
  what: string;
}

/**
 * Every metric, by function: what an alarm rings by or the dashboard in CloudWatch draws. All else that a line tells is a property,
 * which Logs Insights finds and nobody bills (docs/metrics.md has the price of each metric).
 */
export const metrics = {
  ingest: {
    acceptedBatches: { unit: 'Count', what: 'Batches that were put on the stream.' },
    acceptedEvents: { unit: 'Count', what: 'Events in them.' },
    rejected: { unit: 'Count', what: 'Batches refused; the property `code` says why.' },
    unavailable: { unit: 'Count', what: 'Batches answered 503: a table or the stream failed.' },
  },
  process: {
    records: { unit: 'Count', what: 'Records read from the stream.' },
    repeats: { unit: 'Count', what: 'Records whose batch had been counted before.' },
    failedRecords: { unit: 'Count', what: 'Records set aside under failed/; `failedReasons` says why.' },
    retriedBatches: { unit: 'Count', what: 'Stream batches given back to be tried again.' },
    guardConflicts: { unit: 'Count', what: 'Items that had counted a part of their run before.' },
    foldMs: { unit: 'Milliseconds', what: 'Time to fold a stream batch.' },
    itemsWritten: { unit: 'Count', what: 'Items of counters written.' },
    writeUnits: { unit: 'Count', what: 'DynamoDB write units consumed, of all tables.' },
    throttles: {
      unit: 'Count',
      what: 'Calls of DynamoDB that were throttled, those that a retry made good among them.',
    },
    pushed: { unit: 'Count', what: 'Messages pushed to dashboards.' },
    gone: { unit: 'Count', what: 'Connections found gone when something was pushed.' },
    pushFailures: { unit: 'Count', what: 'Pushes that failed for another reason.' },
    receiptToPush: { unit: 'Milliseconds', what: 'From the receipt of the newest event to the end of its push.' },
    rageClicks: { unit: 'Count', what: 'Rage clicks counted, of all sites.' },
  },
  archive: {
    objects: { unit: 'Count', what: 'Objects written to the archive.' },
    objectBytes: { unit: 'Bytes', what: 'Their bytes, compressed.' },
  },
  query: {
    queryMs: { unit: 'Milliseconds', what: 'Time to answer a request of the API.' },
    queryErrors: { unit: 'Count', what: 'Requests answered 500.' },
  },
  socket: {
    connects: { unit: 'Count', what: 'Dashboards let in.' },
    socketErrors: { unit: 'Count', what: 'Messages of a dashboard that failed on our side.' },
  },
  canary: {
    canarySeen: { unit: 'Count', what: 'Page views of the hidden site that were counted in time: one a minute.' },
    canaryMs: { unit: 'Milliseconds', what: 'From sending such a page view until it was counted.' },
  },
  budget: {
    sitesOverBudget: { unit: 'Count', what: 'Sites that have spent their budget of the month.' },
  },
  alerts: {
    alertsSent: { unit: 'Count', what: 'Alerts of sites that were told, each way counted.' },
    alertFailures: { unit: 'Count', what: 'Alerts that could not be told, and sites that could not be looked at.' },
  },
  capture: {
    captures: { unit: 'Count', what: 'Pictures of pages taken.' },
    captureFailures: { unit: 'Count', what: 'Pages that could not be taken; the property `code` says why.' },
  },
  forget: {
    sweepFailures: { unit: 'Count', what: 'Sites that were not swept to the end.' },
  },
} as const satisfies Record<string, Record<string, Metric>>;

export type MeteredFunction = keyof typeof metrics;
export type MetricValues<F extends MeteredFunction> = Partial<Record<keyof (typeof metrics)[F] & string, number>>;
export type MetricProperties = Record<string, string | number | string[] | Record<string, number> | undefined>;

/** `properties` stand in the same line: no address, user agent, key or token is among them. */
export function emitMetrics<F extends MeteredFunction>(
  fn: F,
  values: MetricValues<F>,
  now: number,
  properties: MetricProperties = {},
): void {
  const known: Record<string, Metric> = metrics[fn];
  const declared = Object.keys(values).map((Name) => ({ Name, Unit: known[Name]?.unit }));
  const line = {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{ Namespace: metricNamespace, Dimensions: [['function']], Metrics: declared }],
    },
    function: fn,
    ...values,
    ...properties,
  };
  console.log(JSON.stringify(line));
}
