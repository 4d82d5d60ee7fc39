import type { CostAnswer } from '../contract/cost-answer.ts';
import { costOfMonth, monthAfter, monthStart } from '../contract/cost-of-month.ts';
import { seriesName } from '../contract/counter.ts';
import { billedUnits, prices } from '../contract/price.ts';
import { movesKept, settingsOf } from '../contract/site.ts';
import { dayMs } from '../contract/time-unit.ts';
import { ApiError } from './api-error.ts';
import { readHours } from './hour-items.ts';
import { bad, type Parameter } from './parameters.ts';
import { siteRoute } from './route.ts';
import { array, count, instant, object, oneOf, orNull, text } from './schema.ts';

/** Hours of counters, of which page views are summed, and usage are kept at least so long. */
const keptDays = 90;

const month: Parameter<string | null> = {
  name: 'month',
  description: 'YYYY-MM, in UTC as AWS bills. Default: this month.',
  required: false,
  schema: { type: 'string', maxLength: 7 },
  parse(found) {
    if (found === undefined) return null;
    return /^20\d\d-(0[1-9]|1[0-2])$/.test(found) ? found : bad('month', found, 'a month such as 2026-11');
  },
};

const usd = { type: 'number', minimum: 0, description: 'US dollars.' };
const services = [...new Set(Object.values(prices).map(({ service }) => service))];
const line = object({
  service: oneOf(services),
  unit: oneOf(billedUnits),
  what: text('What a unit is.'),
  quantity: { type: 'number', minimum: 0 },
  usd,
  isCounted: { type: 'boolean', description: 'Counted as it happened; else it follows from what was counted.' },
});

const example: CostAnswer = {
  month: '2026-11',
  from: 1793491200000,
  to: 1796083200000,
  asOf: 1795435200000,
  usd: 9,
  forecastUsd: 12,
  budgetUsd: 20,
  movesKeptPercent: 100,
  isLowered: false,
  usdPerMillionEvents: 0.6,
  events: 15_000_000,
  pageViews: 350_000,
  services: [{ service: 'DynamoDB', usd: 9 }],
  lines: [
    {
      service: 'DynamoDB',
      unit: 'writeUnits',
      what: 'on-demand write request units of 1 KB',
      quantity: 14_400_000,
      usd: 9,
      isCounted: true,
    },
  ],
  installation: { usd: 8.1, forecastUsd: 10.8, shards: 1, lines: [] },
  prices: { date: '2026-11', region: 'us-east-1' },
  measuredAt: '2026-11-30',
};

export const costRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/cost',
    summary: 'What the site costs in a month',
    description:
      'Requests, records, batches, units of DynamoDB (those of the processor) and messages are counted as they happen: at least so ' +
      'many, for an instance that ends takes its last seconds along. All else follows from them by measured unit costs. At list prices, ' +
      'without free tiers and discounts. `installation` is what stands whether anybody comes or not, for all sites together.',
    answer: {
      status: 200,
      description: 'The month so far, or a whole one; by service and by what is billed.',
      schema: object({
        month: text('YYYY-MM.'),
        from: instant,
        to: instant,
        asOf: instant,
        usd,
        forecastUsd: usd,
        budgetUsd: orNull({ type: 'number', minimum: 0 }),
        movesKeptPercent: { type: 'number', minimum: 0 },
        isLowered: { type: 'boolean', description: 'Fewer than the owner chose: the budget is spent.' },
        usdPerMillionEvents: orNull({ type: 'number', minimum: 0 }),
        events: count,
        pageViews: count,
        services: array(object({ service: oneOf(services), usd })),
        lines: array(line),
        installation: object({ usd, forecastUsd: usd, shards: count, lines: array(line) }),
        prices: object({ date: text('YYYY-MM.'), region: text() }),
        measuredAt: text('YYYY-MM-DD: when the unit costs were measured.'),
      }),
      example,
    },
  },
  { month },
  async ({ site: config, now, values }, ports) => {
    const wanted = values.month ?? new Date(now).toISOString().slice(0, 7);
    const [from, to] = [monthStart(wanted), monthStart(monthAfter(wanted))];
    if (from > now) throw new ApiError(400, 'bad-month', `${wanted} has not begun`);
    if (to < now - keptDays * dayMs) {
      throw new ApiError(400, 'bad-month', `${wanted} is over for more than ${keptDays} days: its counters are gone`);
    }
    const { site, zone } = config;
    const { percent, isLowered } = movesKept(config, now);
    const [days, hours, shards] = await Promise.all([
      ports.usage.read(site, `${wanted}-01`, `${wanted}-31`),
      readHours(site, { from, to: Math.min(to, now), zone }, ports),
      ports.stream.shards(now),
    ]);
    const pageViews = hours.reduce((sum, { counters }) => sum + (counters[seriesName.pageViews] ?? 0), 0);
    const json: CostAnswer = {
      ...costOfMonth({ month: wanted, days, pageViews, shards, now }),
      budgetUsd: settingsOf(config).monthlyBudgetUsd,
      movesKeptPercent: percent,
      isLowered,
    };
    return { status: 200, json };
  },
);
