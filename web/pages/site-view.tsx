import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { Account } from '../live/account.ts';
import { FaultBoundary } from '../parts/fault-boundary.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import { formatRoute } from '../route.ts';
import { type Session, type SessionParts, startSession } from '../session.ts';
import { useLive, useRoute } from '../use-live.ts';
import { LivePage } from './live-page.tsx';
import type { SiteFacts } from './site-facts.ts';

const CostPage = lazy(() => import('./cost-page.tsx').then(({ CostPage }) => ({ default: CostPage })));
const GoalsPage = lazy(() => import('./goals-page.tsx').then(({ GoalsPage }) => ({ default: GoalsPage })));
const HealthPage = lazy(() => import('./health-page.tsx').then(({ HealthPage }) => ({ default: HealthPage })));
const HeatmapPage = lazy(() => import('./heatmap-page.tsx').then(({ HeatmapPage }) => ({ default: HeatmapPage })));
const PathsPage = lazy(() => import('./paths-page.tsx').then(({ PathsPage }) => ({ default: PathsPage })));
const SessionsPage = lazy(() => import('./sessions-page.tsx').then(({ SessionsPage }) => ({ default: SessionsPage })));
const SettingsPage = lazy(() => import('./settings-page.tsx').then(({ SettingsPage }) => ({ default: SettingsPage })));
const TrendsPage = lazy(() => import('./trends-page.tsx').then(({ TrendsPage }) => ({ default: TrendsPage })));

interface Props {
  parts: SessionParts;
  /** Null until the list of sites is there: no page may reckon with days of another zone meanwhile. The connection begins without it. */
  facts: SiteFacts | null;
  /** In place of a page until then. */
  waiting: ReactNode;
  account: Account | null;
  menu: ReactNode;
  /** What the reader may see may have changed. */
  onChange: () => void;
}

/** One site, with the connection that lives as long as it is looked at. */
export function SiteView(props: Props) {
  const { parts } = props;
  const [session, setSession] = useState<Session | null>(null);
  const route = useRoute();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the route that it starts with is only the first to be shown, and another site is another view.
  useEffect(() => {
    const started = startSession(parts, route);
    const wake = () => document.visibilityState === 'visible' && started.wake();
    document.addEventListener('visibilitychange', wake);
    addEventListener('online', wake);
    setSession(started);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      removeEventListener('online', wake);
      started.end();
    };
  }, [parts.access]);
  useEffect(() => {
    session?.show(route);
  }, [session, route]);
  return session ? <Site {...props} session={session} /> : null;
}

function Site({ session, parts, facts, waiting, account, menu, onChange }: Props & { session: Session }) {
  const route = useRoute();
  const { connection } = useLive(session.store);
  const isRefused = connection.name === 'offline' && connection.reason === 'refused';
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each refusal.
  useEffect(() => {
    if (isRefused) onChange();
  }, [isRefused]);
  return (
    <>
      <TopBar
        siteName={facts?.name ?? parts.site}
        route={route}
        connection={connection}
        mayWrite={facts?.mayWrite ?? false}
        menu={menu}
      />
      <main id="main">
        {facts ? (
          <FaultBoundary place={formatRoute(route)}>
            {route.page === 'live' ? (
              <LivePage session={session} site={facts} />
            ) : (
              <Suspense fallback={<div className="app-loading" role="status" aria-label="Loading the page" />}>
                {route.page === 'heatmap' && <HeatmapPage session={session} site={facts} route={route} />}
                {route.page === 'goals' && <GoalsPage session={session} site={facts} route={route} />}
                {route.page === 'paths' && <PathsPage session={session} site={facts} route={route} />}
                {route.page === 'trends' && <TrendsPage session={session} site={facts} route={route} />}
                {route.page === 'sessions' && <SessionsPage session={session} site={facts} route={route} />}
                {route.page === 'health' && <HealthPage session={session} site={facts} />}
                {route.page === 'cost' && <CostPage session={session} site={facts} />}
                {route.page === 'settings' && (
                  <SettingsPage
                    session={session}
                    parts={parts}
                    site={facts}
                    tab={route.tab}
                    account={account}
                    onChange={onChange}
                  />
                )}
              </Suspense>
            )}
          </FaultBoundary>
        ) : (
          waiting
        )}
      </main>
    </>
  );
}
