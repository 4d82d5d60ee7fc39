import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { costOf } from '../../../functions/contract/cost.ts';
import { unitCosts, viewCosts } from '../../../functions/contract/unit-costs.ts';
import { capacityPage } from '../../../localstack/capacity/capacity-page.ts';
import { capacityText } from '../../../localstack/capacity/capacity-text.ts';
import { firstMet, shareOf } from '../../../localstack/capacity/limits.ts';
import { predict, type Wish } from '../../../localstack/capacity/predict.ts';

const million: Wish = {
  pageViewsPerMonth: 1e6,
  dashboardHoursPerMonth: 0,
  watchedHoursPerMonth: 0,
  peakFactor: 3,
  shards: null,
};

it('docs/capacity.md is what `npm run capacity -- --write` writes now', () => {
  expect(readFileSync('docs/capacity.md', 'utf8')).toBe(capacityPage());
});

describe('a prediction', () => {
  it('takes what was measured, and adds the canary', () => {
    const { use, events, shards, bill, usd } = predict(million);
    // An event a minute is 43,800 views a month; a month has 2,628,000 s.
    const views = 1_043_800;
    const perView = viewCosts(views / 2_628_000);
    expect(shards).toBe(1);
    expect(use.writeUnits).toBeCloseTo(views * perView.writeUnits, 0);
    expect(use.requests).toBeCloseTo(views * perView.requests, 0);
    expect(events).toBeCloseTo(views * perView.events, 0);
    expect(use.messages).toBe(0);
    expect(usd).toBe(costOf(bill));
  });

  it('costs more while somebody looks, and by the message when more do', () => {
    const alone = predict(million);
    const watched = predict({ ...million, dashboardHoursPerMonth: 200, watchedHoursPerMonth: 200 });
    const crowd = predict({ ...million, dashboardHoursPerMonth: 400, watchedHoursPerMonth: 200 });
    expect(watched.use.requests).toBeGreaterThan(alone.use.requests * 1.5);
    expect(crowd.use.requests).toBe(watched.use.requests);
    expect(crowd.use.messages).toBeCloseTo(watched.use.messages * 2, 3);
    expect(crowd.use.socketMinutes).toBe(400 * 60);
  });

  it('has as many shards as its busiest second fills to seven tenths, and no more', () => {
    const busy = predict({ ...million, pageViewsPerMonth: 1e9 });
    const fullest = (shards: number | null) =>
      Math.max(
        ...predict({ ...million, pageViewsPerMonth: 1e9, shards })
          .limits.filter(({ isOfShards }) => isOfShards)
          .map(shareOf),
      );
    expect(fullest(null)).toBeLessThanOrEqual(0.7);
    expect(fullest(busy.shards - 1)).toBeGreaterThan(0.7);
  });

  it('names the limit that is met first, and what to change', () => {
    const { limits } = predict({ ...million, pageViewsPerMonth: 1e9, shards: 1 });
    expect(firstMet(limits)).toMatchObject({ name: 'the processor of a shard', isOfShards: true });
    expect(shareOf(firstMet(limits))).toBeGreaterThan(1);
    expect(firstMet(predict({ ...million, pageViewsPerMonth: 1e9 }).limits).mend).toContain('requestsPerSecondMax');
  });

  it('gets cheaper by the event as traffic grows', () => {
    const perEvent = [1e5, 1e6, 1e7, 1e8].map((pageViewsPerMonth) => {
      const { usd, shardUsd, events } = predict({ ...million, pageViewsPerMonth });
      return (usd - shardUsd) / events;
    });
    expect(perEvent).toEqual([...perEvent].sort((one, other) => other - one));
  });

  it('of nobody is what stands there anyway', () => {
    const { usd, idleUsd } = predict({ ...million, pageViewsPerMonth: 0 });
    expect(usd).toBeCloseTo(idleUsd, 1);
  });

  it('is told with its date, each service and each limit', () => {
    const text = capacityText(predict(million));
    for (const part of [
      'shards',
      'met first',
      'Kinesis',
      'DynamoDB',
      '2026',
      unitCosts.measuredAt,
      'a million events',
    ]) {
      expect(text).toContain(part);
    }
  });
});
