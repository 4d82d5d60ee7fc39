/**
 * `npm run capacity -- --page-views 1e9`: shards, load, hottest partition, messages and cost of so many page views a month; which
 * limit is met first, and what to change. `--dashboard-hours` (hours a month that dashboards are open, all together), `--watched-hours` (in which
 * at least one is; left out: as if one after the other), `--peak` (the
 * busiest second as a multiple of the mean), `--shards`; `--write` renews `docs/capacity.md`.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { hoursPerMonth } from '../functions/contract/bill.ts';
import { capacityPage } from './capacity/capacity-page.ts';
import { capacityText } from './capacity/capacity-text.ts';
import { predict, shardsMax, type Wish } from './capacity/predict.ts';

const page = new URL('../docs/capacity.md', import.meta.url);

function amount(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= low && value <= high) return value;
  throw new Error(`--${name} is "${text}": give a number from ${low} to ${high}, such as 1e6`);
}

function main(): void {
  const { values } = parseArgs({
    options: {
      'page-views': { type: 'string' },
      'dashboard-hours': { type: 'string', default: '600' },
      'watched-hours': { type: 'string' },
      peak: { type: 'string', default: '3' },
      shards: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  if (values.write) {
    writeFileSync(page, capacityPage());
    console.log('docs/capacity.md is written');
  }
  if (values['page-views'] === undefined) {
    if (!values.write) throw new Error('give --page-views, how many a month, such as 1e6; or --write');
    return;
  }
  const dashboardHoursPerMonth = amount('dashboard-hours', values['dashboard-hours'], 0, 1e7);
  const watched = values['watched-hours'];
  const wish: Wish = {
    pageViewsPerMonth: amount('page-views', values['page-views'], 1, 1e11),
    dashboardHoursPerMonth,
    watchedHoursPerMonth:
      watched === undefined
        ? Math.min(hoursPerMonth, dashboardHoursPerMonth)
        : amount('watched-hours', watched, 0, hoursPerMonth),
    peakFactor: amount('peak', values.peak, 1, 1_000),
    shards: values.shards === undefined ? null : Math.round(amount('shards', values.shards, 1, shardsMax)),
  };
  console.log(capacityText(predict(wish)));
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
