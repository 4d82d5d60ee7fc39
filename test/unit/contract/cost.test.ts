import { describe, expect, it } from 'vitest';
import { archiveObjects, billOf, processorMs, type Use } from '../../../functions/contract/bill.ts';
import { addBills, costByService, costLines, costOf } from '../../../functions/contract/cost.ts';
import { billedUnits, prices } from '../../../functions/contract/price.ts';
import { mixed, type UnitCosts, viewCosts, watchedViewCosts } from '../../../functions/contract/unit-costs.ts';

describe('a bill costs', () => {
  it('what each unit is asked for, by service, dearest first', () => {
    // 3 M requests at $1 a million, 730 h of a shard at $0.015, 8 M write units at $0.625 a million, 4 metrics at $0.30.
    const bill = { httpRequests: 3_000_000, shardHours: 730, writeUnits: 8_000_000, metricMonths: 4, readUnits: 0 };
    expect(costLines(bill).map(({ unit, usd }) => [unit, Number(usd.toFixed(4))])).toEqual([
      ['httpRequests', 3],
      ['shardHours', 10.95],
      ['writeUnits', 5],
      ['metricMonths', 1.2],
    ]);
    expect(costOf(bill)).toBeCloseTo(20.15, 9);
    expect(costByService(bill).map(({ service }) => service)).toEqual([
      'Kinesis',
      'DynamoDB',
      'API Gateway',
      'CloudWatch',
    ]);
  });

  it('nothing for nothing, and as much together as apart', () => {
    expect(costOf({})).toBe(0);
    const one = { httpRequests: 5, objectPuts: 2_000 };
    const other = { httpRequests: 7, logGb: 2 };
    expect(addBills(one, other)).toEqual({ httpRequests: 12, objectPuts: 2_000, logGb: 2 });
    expect(costOf(addBills(one, other))).toBeCloseTo(costOf(one) + costOf(other), 12);
  });

  it('by a table in which every price has a page to look it up', () => {
    for (const unit of billedUnits) {
      expect(prices[unit].usd).toBeGreaterThan(0);
      expect(prices[unit].source).toMatch(/^https:\/\/aws\.amazon\.com\/.+\/pricing\//);
    }
  });
});

const perView = {
  events: 40,
  requests: 2,
  streamBytes: 2_000,
  putUnits: 2,
  writeUnits: 14,
  readUnits: 4,
  batches: 1,
  updates: 12,
  messages: 1,
  storedBytes: 100,
};
const half = mixed(perView, perView, 1);
half.writeUnits = 6;
const costs: UnitCosts = {
  measuredAt: '2026-01-01',
  machine: 'a test',
  scenarios: [
    { name: 'quiet', viewsPerSecond: 0.01, isWatched: false, hottestUnitsPerBatch: 1, perView },
    { name: 'busy', viewsPerSecond: 100, isWatched: false, hottestUnitsPerBatch: 9, perView: half },
    {
      name: 'quiet',
      viewsPerSecond: 0.01,
      isWatched: true,
      hottestUnitsPerBatch: 1,
      perView: { ...perView, requests: 10 },
    },
    { name: 'busy', viewsPerSecond: 100, isWatched: true, hottestUnitsPerBatch: 9, perView: { ...half, requests: 3 } },
  ],
  cpuMs: { ingestRequest: 0.1, processRecord: 0.4, sdkCall: 0.5 },
  logBytes: { ingestRequest: 200, processBatch: 700 },
  archive: { bytesPerRecord: 300 },
};

describe('unit costs', () => {
  it('lie between the rates that were measured, by their logarithm, and stay at the ends', () => {
    // 1 is half way from 0.01 to 100.
    expect(viewCosts(1, costs).writeUnits).toBeCloseTo(10, 9);
    expect(viewCosts(0, costs).writeUnits).toBe(14);
    expect(viewCosts(5_000, costs).writeUnits).toBe(6);
    expect(() => viewCosts(1, { scenarios: [] })).toThrow('npm run bench -- costs');
  });

  it('of a watched site grow by what the whole site sends, and shrink by what its shard merges', () => {
    // A hundred shards of one view a second each: paced like the busy site, merged like the one half way.
    const watched = watchedViewCosts(1, 100, costs);
    expect(watched.requests).toBeCloseTo(3, 9);
    expect(watched.writeUnits).toBeCloseTo(10, 9);
    expect(watchedViewCosts(0.01, 0.01, costs).requests).toBe(10);
  });
});

describe('what happened is billed', () => {
  const use: Use = {
    hours: 730,
    requests: 2_000_000,
    records: 2_000_000,
    putUnits: 2_000_000,
    streamBytes: 2e9,
    batches: 1_000_000,
    updates: 12_000_000,
    writeUnits: 14_000_000,
    readUnits: 4_000_000,
    queries: 10_000,
    messages: 50_000,
    socketMinutes: 36_000,
  };
  const standing = { shards: 1, tableGb: 2, archiveGb: 10, metrics: 20, alarms: 10, dashboards: 1 };

  it('an object each five minutes and shard, or each time that an invocation of the archiver is full', () => {
    expect(archiveObjects(use, 1)).toBe(8_760);
    expect(archiveObjects({ ...use, records: 12, streamBytes: 12_000 }, 1)).toBe(12);
    expect(archiveObjects({ ...use, streamBytes: 6e12 }, 1)).toBeCloseTo(1_400_000, 0);
  });

  it('by hand', () => {
    const bill = billOf(use, standing, costs);
    expect(bill.httpRequests).toBe(2_010_000);
    expect(bill.lambdaRequests).toBe(2_000_000 + 1_000_000 + 8_760 + 10_000);
    expect(bill.shardHours).toBe(730);
    expect(bill.tableGbMonths).toBe(2);
    // 2 M × 200 B and 1 M × 700 B of the functions' own, and 300 B of Lambda's for each of 3,018,760 invocations.
    expect(bill.logGb).toBeCloseTo(0.4 + 0.7 + 0.905628, 9);
    // CPU: 2 M records × 0.4 ms, and 12 M updates and 9 calls a batch × 0.5 ms, on 1024/1769 of a core; waits: 5 ms × (9 a batch, 1/32 an update).
    const cpu = (0.8e6 + 21e6 * 0.5) / (1024 / 1769);
    expect(processorMs(use, costs)).toBeCloseTo(cpu + 5 * (9e6 + 12e6 / 32), 3);
  });

  it('for a day as a part of the month', () => {
    const day = billOf({ ...use, hours: 73 }, standing, costs);
    expect(day.metricMonths).toBeCloseTo(2, 9);
    expect(day.shardHours).toBe(73);
  });
});
