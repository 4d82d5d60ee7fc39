import { describe, expect, it } from 'vitest';
import { costOf } from '../../../functions/contract/cost.ts';
import type { CostAnswer, CostAnswerLine } from '../../../functions/contract/cost-answer.ts';
import { costOfMonth } from '../../../functions/contract/cost-of-month.ts';
import { demoApi, now } from './demo-api.ts';

const sum = (lines: readonly { usd: number }[]) => lines.reduce((total, { usd }) => total + usd, 0);
const quantity = (lines: readonly CostAnswerLine[], unit: string) => lines.find((line) => line.unit === unit)?.quantity;

const usage = {
  requests: 2_000_000,
  records: 1_900_000,
  requestBytes: 3e9,
  events: 40_000_000,
  batches: 900_000,
  writeUnits: 12_000_000,
  readUnits: 3_000_000,
  messages: 24_000,
  queries: 10_000,
};

describe('the cost of a month', () => {
  const month = { month: '2026-11', days: [{ date: '2026-11-01', usage }], pageViews: 1e6, shards: 2 };
  const middle = costOfMonth({ ...month, now: Date.parse('2026-11-16T00:00:00Z') });

  it('is made of what was counted, at list prices', () => {
    expect(quantity(middle.lines, 'httpRequests')).toBe(2_010_000);
    expect(quantity(middle.lines, 'writeUnits')).toBe(12_000_000);
    expect(quantity(middle.lines, 'putUnits')).toBe(1_900_000);
    // 24,000 messages were pushed in about 1,000 minutes, in which a dashboard says 13 things each.
    expect(quantity(middle.lines, 'socketMinutes')).toBe(1_000);
    expect(quantity(middle.lines, 'socketMessages')).toBe(37_000);
    expect(middle.lines.find(({ unit }) => unit === 'writeUnits')).toMatchObject({ usd: 7.5, isCounted: true });
    expect(middle.lines.find(({ unit }) => unit === 'logGb')).toMatchObject({ isCounted: false });
    expect(middle.usd).toBeCloseTo(sum(middle.lines), 9);
    expect(sum(middle.services)).toBeCloseTo(middle.usd, 9);
    expect(middle.usdPerMillionEvents).toBeCloseTo(middle.usd / 40, 9);
    expect(middle.services[0]?.service).toBe('DynamoDB');
  });

  it('leaves out of the site’s own what stands for all of them', () => {
    // Two shards for half a month.
    expect(quantity(middle.installation.lines, 'shardHours')).toBe(720);
    expect(quantity(middle.lines, 'shardHours')).toBeUndefined();
    expect(middle.installation.usd).toBeCloseTo(sum(middle.installation.lines), 9);
    expect(costOf({ shardHours: 720 })).toBeCloseTo(10.8, 9);
  });

  it('is foretold by the time that there was, and is what it is when the month is over', () => {
    expect(middle.forecastUsd).toBeCloseTo(middle.usd * 2, 9);
    expect(middle.installation.forecastUsd).toBeCloseTo(middle.installation.usd * 2, 9);
    const since = costOfMonth({
      ...month,
      days: [{ date: '2026-11-11', usage }],
      now: Date.parse('2026-11-16T00:00:00Z'),
    });
    expect(since.forecastUsd).toBeCloseTo(since.usd * 4, 9);
    const after = costOfMonth({ ...month, now: Date.parse('2027-01-05T00:00:00Z') });
    expect(after.forecastUsd).toBeCloseTo(after.usd, 9);
    expect(after.asOf).toBe(Date.parse('2026-12-01T00:00:00Z'));
  });

  it('of nothing is nothing, with a forecast of nothing', () => {
    const none = costOfMonth({ ...month, days: [], pageViews: 0, now: Date.parse('2026-11-01T00:00:01Z') });
    expect(none).toMatchObject({ usd: 0, forecastUsd: 0, usdPerMillionEvents: null, events: 0, lines: [] });
  });
});

describe('GET /cost', () => {
  it('adds up the days of this month, and its page views', async () => {
    const { ports, put, ask } = await demoApi();
    await ports.usage.add('demo', '2026-10-31', { requests: 999 });
    await ports.usage.add('demo', '2026-11-02', { requests: 10, records: 9, events: 100, writeUnits: 130 });
    await ports.usage.add('demo', '2026-11-23', { requests: 5, records: 5, events: 50, writeUnits: 70 });
    await ports.usage.add('other', '2026-11-23', { requests: 7_000 });
    await put.hour('2026-11-23', '2026-11-23T12:00:00Z', { pv: 4 });
    await put.hour('2026-11-02', '2026-11-02T08:00:00Z', { pv: 8 });
    const { json } = await ask('/v1/sites/demo/cost');
    const answer = json as CostAnswer;
    expect(answer).toMatchObject({ month: '2026-11', asOf: now, events: 150, pageViews: 12, budgetUsd: null });
    expect(quantity(answer.lines, 'httpRequests')).toBe(15);
    expect(quantity(answer.lines, 'writeUnits')).toBe(200);
    expect(answer.installation.shards).toBe(2);
  });

  it('tells a month that is over, and refuses what is none, to come, or too long ago', async () => {
    const { ports, ask } = await demoApi();
    await ports.usage.add('demo', '2026-10-31', { requests: 999 });
    const { json } = await ask('/v1/sites/demo/cost?month=2026-10');
    expect(quantity((json as CostAnswer).lines, 'httpRequests')).toBe(999);
    for (const month of ['2026-13', 'november', '2026-12', '2026-05', '2026-11-01']) {
      const { statusCode, json: refused } = await ask(`/v1/sites/demo/cost?month=${month}`);
      expect([statusCode, refused.error.code]).toEqual([400, 'bad-month']);
    }
    expect((await ask('/v1/sites/other/cost')).statusCode).toBe(403);
  });
});
