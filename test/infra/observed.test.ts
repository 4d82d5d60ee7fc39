import { expect, it } from 'vitest';
import { observed } from '../../functions/contract/bill.ts';
import { metrics } from '../../functions/metrics.ts';
import { resourcesOf, templateWith } from './synthesised.ts';

it('the cost model reckons with no fewer metrics, alarms and dashboards than there are, and with few more', () => {
  const template = templateWith();
  const count = (type: string) => Object.keys(resourcesOf(template, type)).length;
  const found = {
    metrics: Object.values(metrics).flatMap((of) => Object.keys(of)).length,
    alarms: count('AWS::CloudWatch::Alarm'),
    dashboards: count('AWS::CloudWatch::Dashboard'),
  };
  for (const name of ['metrics', 'alarms', 'dashboards'] as const) {
    expect(found[name], name).toBeLessThanOrEqual(observed[name]);
    expect(found[name], name).toBeGreaterThan(observed[name] - 10);
  }
});
