import { useEffect } from 'react';
import type { FailedCount, HealthAnswer } from '../../functions/contract/health.ts';
import { AlertsCard } from '../parts/alerts-card.tsx';
import { Card } from '../parts/card.tsx';
import { FailedTable } from '../parts/failed-table.tsx';
import { Notice } from '../parts/notice.tsx';
import { RefusedTable } from '../parts/refused-table.tsx';
import { TopList } from '../parts/top-list.tsx';
import type { Session } from '../session.ts';
import { useAnswer } from '../use-live.ts';
import { failureText } from '../view/failure-text.ts';
import { formatWhole } from '../view/number-format.ts';
import type { SiteFacts } from './site-facts.ts';
import { SystemAlarms, SystemDetails } from './system-section.tsx';

const refreshEveryMs = 10_000;
const systemRefreshEveryMs = 15_000;

/** Whether everything that was accepted has been counted; if not, how much waits and why. */
export function HealthPage({ session, site }: { session: Session; site: SiteFacts }) {
  const { value, error } = useAnswer('health', () => session.api.health(), refreshEveryMs);
  // Only owners are told of the pipeline.
  const askSystem = async () => (site.mayWrite ? session.api.system() : null);
  const system = useAnswer(site.mayWrite ? 'system' : 'no system', askSystem, systemRefreshEveryMs);
  useEffect(() => {
    document.title = `Health · ${site.name} · SitePulse`;
  }, [site.name]);
  if (!value) {
    return error ? (
      <Notice title="The health of the site could not be loaded" tone="error">
        <p>{error.message}</p>
      </Notice>
    ) : (
      <div className="app-loading" role="status" aria-label="Loading" />
    );
  }
  return (
    <div className="health-page">
      <h1 className="visually-hidden">Health: {site.name}</h1>
      {site.mayWrite && <SystemAlarms system={system} zone={site.zone} />}
      <Waiting health={value} note={error ? `not refreshed: ${error.message}` : ''} />
      <div className="health-reasons">
        <Reasons title="Why, on this site" count={value.failed} />
        {site.mayWrite && <Reasons title="Why, of no known site" count={value.unattributed} />}
      </div>
      {value.samples.length > 0 && <FailedTable samples={value.samples} zone={site.zone} />}
      <RefusedTable refused={value.refused} />
      {site.mayWrite && <AlertsCard api={session.api} />}
      <SystemDetails system={system} api={session.api} zone={site.zone} />
    </div>
  );
}

function Waiting({ health: { failed, unattributed, redriven }, note }: { health: HealthAnswer; note: string }) {
  const waiting = failed.records + unattributed.records;
  const isMore = failed.isMore || unattributed.isMore;
  return (
    <Card title="Could not be counted" note={note} className={`waiting-card ${waiting > 0 ? 'is-waiting' : ''}`}>
      <p className="waiting-number" data-testid="waiting">
        {formatWhole(waiting)}
        {isMore && '+'}
      </p>
      <p>
        {waiting === 0
          ? 'Every record that was accepted has been counted.'
          : 'records wait. They are kept whole, and have touched no number: what you see elsewhere is right without them.'}
      </p>
      {waiting > 0 && (
        <p>
          Once the cause is mended, <code>npm run redrive</code> counts each of them once.
        </p>
      )}
      {redriven.records > 0 && <p className="quiet">{formatWhole(redriven.records)} were played again.</p>}
    </Card>
  );
}

const reasonsShown = 8;

function Reasons({ title, count }: { title: string; count: FailedCount }) {
  const rows = count.reasons.map(({ reason, records }) => ({
    id: reason,
    label: failureText(reason),
    detail: '',
    count: records,
    visitors: 0,
  }));
  return rows.length > 0 ? (
    <TopList title={title} measure="records" rows={rows} limit={reasonsShown} loading={false} />
  ) : null;
}
