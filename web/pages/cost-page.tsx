import { useEffect } from 'react';
import { CostTable } from '../parts/cost-table.tsx';
import { MonthCost } from '../parts/month-cost.tsx';
import { Notice } from '../parts/notice.tsx';
import type { Session } from '../session.ts';
import { useAnswer } from '../use-live.ts';
import { formatUsd } from '../view/money.ts';
import type { SiteFacts } from './site-facts.ts';

/** It moves slowly, and each look is a request that is billed. */
const refreshEveryMs = 60_000;
const monthName = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** What the site costs this month, by what AWS bills. */
export function CostPage({ session, site }: { session: Session; site: SiteFacts }) {
  const { value: cost, error } = useAnswer('cost', () => session.api.cost(), refreshEveryMs);
  useEffect(() => {
    document.title = `Cost · ${site.name} · SitePulse`;
  }, [site.name]);
  if (!cost) {
    return error ? (
      <Notice title="The cost of the site could not be loaded" tone="error">
        <p>{error.message}</p>
      </Notice>
    ) : (
      <div className="app-loading" role="status" aria-label="Loading" />
    );
  }
  const { installation, prices } = cost;
  return (
    <div className="cost-page">
      <h1 className="visually-hidden">Cost: {site.name}</h1>
      <MonthCost
        cost={cost}
        title={`${monthName.format(cost.from)} so far`}
        note={error ? `not refreshed: ${error.message}` : 'this site’s traffic, UTC'}
      />
      <CostTable
        title="What this site’s traffic is billed for"
        note="at least, this month so far"
        lines={cost.lines}
        empty="Nothing has been used this month."
      />
      <CostTable
        title="Fixed costs"
        note={`${formatUsd(installation.usd)} so far, ${formatUsd(installation.forecastUsd)} a month, for all sites together`}
        lines={installation.lines}
        empty="Nothing stands there."
      />
      <p className="quiet cost-source">
        List prices of {prices.region}, {prices.date}, without free tiers and discounts. What is estimated follows from
        what was counted, by unit costs measured on {cost.measuredAt}.
      </p>
    </div>
  );
}
