/** A metric, as its namespace, name and dimensions tell it from others. */
export interface MetricName {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

/** Kept for the alarms' longest look back and the dashboard's three hours. */
const minutesKept = 190;
/** A function that names its metrics by chance must not fill the memory. */
const metricsMax = 1_000;
const minuteMs = 60_000;

/** Values of one minute. Percentiles come from buckets whose bounds lie 1 % apart, so that a minute takes as little as its range is wide. */
class Minute {
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  readonly buckets = new Map<number, number>();

  add(value: number): void {
    this.count += 1;
    this.sum += value;
    this.min = Math.min(this.min, value);
    this.max = Math.max(this.max, value);
    const bucket = bucketOf(value);
    this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + 1);
  }
}

const bucketBase = Math.log(1.01);
function bucketOf(value: number): number {
  return value > 0 ? Math.ceil(Math.log(value) / bucketBase) : Number.NEGATIVE_INFINITY;
}

/** What the functions and the services measure, minute by minute, as CloudWatch keeps it at standard resolution. */
export class MetricStore {
  readonly #metrics = new Map<string, Map<number, Minute>>();

  /** @param at ms since the epoch. Beyond `metricsMax` metrics a new one is not taken. */
  put(metric: MetricName, value: number, at: number): void {
    const key = keyOf(metric);
    const minutes = this.#metrics.get(key) ?? new Map<number, Minute>();
    if (minutes.size === 0 && this.#metrics.size >= metricsMax) return;
    this.#metrics.set(key, minutes);
    const number = Math.floor(at / minuteMs);
    let minute = minutes.get(number);
    if (!minute) {
      minute = new Minute();
      minutes.set(number, minute);
      for (const old of minutes.keys()) if (old <= number - minutesKept) minutes.delete(old);
    }
    minute.add(value);
  }

  /**
   * A statistic of all that was put from `from` until before `to`, both whole minutes; null where nothing was.
   * @throws Error that names a statistic which is not known.
   */
  statistic(metric: MetricName, statistic: string, from: number, to: number): number | null {
    const compute = computeOf(statistic);
    const minutes = this.#metrics.get(keyOf(metric));
    const found: Minute[] = [];
    for (let number = Math.floor(from / minuteMs); number < Math.floor(to / minuteMs); number++) {
      const minute = minutes?.get(number);
      if (minute) found.push(minute);
    }
    return found.length === 0 ? null : compute(found);
  }
}

const sumOf = (minutes: Minute[], part: 'sum' | 'count') => minutes.reduce((all, minute) => all + minute[part], 0);

const statistics: Record<string, (minutes: Minute[]) => number> = {
  Sum: (minutes) => sumOf(minutes, 'sum'),
  SampleCount: (minutes) => sumOf(minutes, 'count'),
  Average: (minutes) => sumOf(minutes, 'sum') / sumOf(minutes, 'count'),
  Minimum: (minutes) => Math.min(...minutes.map(({ min }) => min)),
  Maximum: (minutes) => Math.max(...minutes.map(({ max }) => max)),
};

function computeOf(statistic: string): (minutes: Minute[]) => number {
  const known = statistics[statistic];
  if (known) return known;
  const percent = /^p(\d{1,2}(\.\d{1,10})?|100)$/.exec(statistic)?.[1];
  if (percent === undefined) throw new Error(`the statistic "${statistic}" is not known here`);
  return (minutes) => percentileOf(minutes, Number(percent) / 100);
}

function percentileOf(minutes: Minute[], share: number): number {
  const buckets = new Map<number, number>();
  for (const minute of minutes) {
    for (const [bucket, count] of minute.buckets) buckets.set(bucket, (buckets.get(bucket) ?? 0) + count);
  }
  const [min, max] = [statistics.Minimum?.(minutes) ?? 0, statistics.Maximum?.(minutes) ?? 0];
  let left = share * sumOf(minutes, 'count');
  for (const [bucket, count] of [...buckets].sort(([one], [other]) => one - other)) {
    left -= count;
    if (left <= 0) return Math.min(max, Math.max(min, Math.exp(bucket * bucketBase)));
  }
  return max;
}

function keyOf({ namespace, name, dimensions }: MetricName): string {
  const sorted = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}
