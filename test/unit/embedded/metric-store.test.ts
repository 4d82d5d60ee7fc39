import { describe, expect, it } from 'vitest';
import { metricsOfLine } from '../../../localstack/embedded/embedded-metrics.ts';
import { MetricStore } from '../../../localstack/embedded/metric-store.ts';

const metric = { namespace: 'SitePulse', name: 'foldMs', dimensions: { function: 'process' } };
const minute = 60_000;
const noon = 30_000_000 * minute;

describe('the metric store', () => {
  const store = new MetricStore();
  for (let value = 1; value <= 100; value++) store.put(metric, value, noon + value);
  store.put(metric, 500, noon + minute);

  it.each([
    ['Sum', 5050],
    ['SampleCount', 100],
    ['Average', 50.5],
    ['Minimum', 1],
    ['Maximum', 100],
  ])('tells %s of a minute', (statistic, value) => {
    expect(store.statistic(metric, statistic, noon, noon + minute)).toBe(value);
  });

  it.each([
    ['p50', 50],
    ['p95', 95],
    ['p99.9', 100],
  ])('tells %s within the 1 %% of its buckets', (statistic, value) => {
    const found = store.statistic(metric, statistic, noon, noon + minute) ?? 0;
    expect(Math.abs(found - value)).toBeLessThanOrEqual(value / 100);
  });

  it('joins the minutes of a longer period, and leaves out the one that begins at its end', () => {
    expect(store.statistic(metric, 'Sum', noon, noon + 2 * minute)).toBe(5550);
    expect(store.statistic(metric, 'Maximum', noon - minute, noon + minute)).toBe(100);
  });

  it('knows nothing from silence, and another dimension is another metric', () => {
    expect(store.statistic(metric, 'Sum', noon - minute, noon)).toBeNull();
    expect(store.statistic({ ...metric, dimensions: {} }, 'Sum', noon, noon + minute)).toBeNull();
  });

  it('forgets what is hours old, and refuses a statistic by name', () => {
    const old = new MetricStore();
    old.put(metric, 1, noon);
    old.put(metric, 1, noon + 200 * minute);
    expect(old.statistic(metric, 'Sum', noon, noon + minute)).toBeNull();
    expect(() => old.statistic(metric, 'TM(10%:90%)', noon, noon + minute)).toThrow('"TM(10%:90%)" is not known');
  });
});

describe('a line in the embedded metric format', () => {
  const directive = { Namespace: 'N', Dimensions: [['function'], []], Metrics: [{ Name: 'a' }, { Name: 'b' }] };
  const line = (values: object) =>
    JSON.stringify({ _aws: { Timestamp: noon, CloudWatchMetrics: [directive] }, function: 'f', ...values });

  it('gives each metric under each set of dimensions, every value of a list, and no property', () => {
    const found = metricsOfLine(line({ a: 1, b: [2, 3], other: 4 }));
    expect(found.map(({ metric: { name, dimensions }, value }) => [name, dimensions, value])).toEqual([
      ['a', { function: 'f' }, 1],
      ['a', {}, 1],
      ['b', { function: 'f' }, 2],
      ['b', { function: 'f' }, 3],
      ['b', {}, 2],
      ['b', {}, 3],
    ]);
    expect(new Set(found.map(({ at }) => at))).toEqual(new Set([noon]));
  });

  it('that is none, or is broken, gives none', () => {
    expect(metricsOfLine('{"level":"info"}')).toEqual([]);
    expect(metricsOfLine('{"_aws":{')).toEqual([]);
    expect(metricsOfLine('{"_aws":{"Timestamp":1}}')).toEqual([]);
    expect(metricsOfLine(line({ a: 'many' }))).toEqual([]);
  });
});
