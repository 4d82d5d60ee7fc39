/** A prediction for a terminal. */
import { costLines } from '../../functions/contract/cost.ts';
import { priceDate, priceRegion, prices } from '../../functions/contract/price.ts';
import { unitCosts } from '../../functions/contract/unit-costs.ts';
import { firstMet, shareOf } from './limits.ts';
import type { Capacity } from './predict.ts';

export function capacityText(capacity: Capacity): string {
  const { wish, shards, use, events, limits, bill, usd, shardUsd, idleUsd } = capacity;
  const first = firstMet(limits);
  const row = (name: string, value: string) => `  ${name.padEnd(34)} ${value}`;
  const lines = [
    `${count(wish.pageViewsPerMonth)} page views a month, ${count(wish.dashboardHoursPerMonth)} hours of dashboards (watched for ${count(wish.watchedHoursPerMonth)}), busiest second ${wish.peakFactor} × the mean`,
    row('shards', `${shards}`),
    row('events', count(events)),
    row('requests', count(use.requests)),
    row('records, bytes on the stream', `${count(use.records)}, ${count(use.streamBytes)} B`),
    row('write units, read units', `${count(use.writeUnits)}, ${count(use.readUnits)}`),
    row('batches of the processor', count(use.batches)),
    row('messages to dashboards', count(use.messages)),
    '',
    `Limits in the busiest second (${first.name} is met first: ${first.mend})`,
    ...[...limits]
      .sort((one, other) => shareOf(other) - shareOf(one))
      .map((limit) =>
        row(
          limit.name,
          `${percent(shareOf(limit)).padStart(6)}  ${count(limit.used)} of ${count(limit.most)} ${limit.unit}`,
        ),
      ),
    '',
    `Cost a month (list prices of ${priceRegion}, ${priceDate}; unit costs measured ${unitCosts.measuredAt})`,
    ...costLines(bill).map((line) =>
      row(`${line.service}`, `${dollars(line.usd).padStart(12)}  ${count(line.quantity)} ${prices[line.unit].unit}`),
    ),
    row('together', `${dollars(usd).padStart(12)}  ${dollars(millionEvents(capacity))} a million events`),
    row('of which shards', dollars(shardUsd).padStart(12)),
    row('if nobody came', dollars(idleUsd).padStart(12)),
  ];
  return lines.join('\n');
}

/** What a million events cost on top of the shards. */
export function millionEvents({ usd, shardUsd, events }: Capacity): number {
  return ((usd - shardUsd) / events) * 1_000_000;
}

/** `1.24 M`: three figures. */
export function count(value: number): string {
  const steps = [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const;
  const step = steps.find(([size]) => value >= size);
  return step ? `${Number((value / step[0]).toPrecision(3))} ${step[1]}` : `${Number(value.toPrecision(3))}`;
}

export function dollars(value: number): string {
  const digits = value < 100 ? 2 : 0;
  return `$${value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
