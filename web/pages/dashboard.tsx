import { lazy, Suspense, useEffect, useState } from 'react';
import { type DashboardConfig, keepApiKey, loadConfig } from '../config.ts';
import { KeyForm } from '../parts/key-form.tsx';
import { Notice } from '../parts/notice.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import { type Session, startSession } from '../session.ts';
import { useAnswer, useLive, useRoute } from '../use-live.ts';
import { LivePage } from './live-page.tsx';

const CostPage = lazy(() => import('./cost-page.tsx').then(({ CostPage }) => ({ default: CostPage })));
const HealthPage = lazy(() => import('./health-page.tsx').then(({ HealthPage }) => ({ default: HealthPage })));
const HeatmapPage = lazy(() => import('./heatmap-page.tsx').then(({ HeatmapPage }) => ({ default: HeatmapPage })));

/** Loads the configuration, asks for a key where it has none, and then shows the site. */
export function Dashboard() {
  const [key, setKey] = useState('');
  const { value: config, error } = useAnswer('config', loadConfig, 0);
  if (error) {
    return (
      <Notice title="The dashboard has no configuration" tone="error">
        <p>{error.message}</p>
        <p>
          Run <code>npm start</code> and open the address it prints, or put a <code>config.json</code> with apiUrl,
          socketUrl and site next to this page.
        </p>
      </Notice>
    );
  }
  if (!config) return <div className="app-loading" role="status" aria-label="Loading" />;
  const useKey = (apiKey: string) => {
    keepApiKey(apiKey);
    setKey(apiKey);
  };
  const withKey = key ? { ...config, apiKey: key } : config;
  if (!withKey.apiKey) return <KeyForm site={config.site} refusal="" onKey={useKey} />;
  return <Connected key={withKey.apiKey} config={withKey} onKey={useKey} />;
}

/** The session belongs to the key: another key makes another one. */
function Connected({ config, onKey }: { config: DashboardConfig; onKey: (key: string) => void }) {
  const [session, setSession] = useState<Session | null>(null);
  const route = useRoute();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the route that it starts with is only the first to be shown.
  useEffect(() => {
    const started = startSession(config, route);
    const wake = () => document.visibilityState === 'visible' && started.wake();
    document.addEventListener('visibilitychange', wake);
    addEventListener('online', wake);
    setSession(started);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      removeEventListener('online', wake);
      started.end();
    };
  }, [config.apiKey]);
  useEffect(() => session?.show(route), [session, route]);
  return session ? <Site session={session} onKey={onKey} /> : null;
}

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function Site({ session, onKey }: { session: Session; onKey: (key: string) => void }) {
  const route = useRoute();
  const { connection } = useLive(session.store);
  const { value: sites } = useAnswer('sites', () => session.api.sites(), 0, [connection.name === 'live']);
  const found = sites?.find(({ site }) => site === session.site);
  const site = { id: session.site, name: found?.name ?? session.site, zone: found?.zone ?? browserZone };
  if (connection.name === 'offline' && connection.reason === 'refused') {
    return <KeyForm site={session.site} refusal={connection.message} onKey={onKey} />;
  }
  return (
    <>
      <TopBar siteName={site.name} route={route} connection={connection} />
      <main id="main">
        {route.page === 'live' ? (
          <LivePage session={session} site={site} />
        ) : (
          <Suspense fallback={<div className="app-loading" role="status" aria-label="Loading the page" />}>
            {route.page === 'heatmap' && <HeatmapPage session={session} site={site} route={route} />}
            {route.page === 'health' && <HealthPage session={session} site={site} />}
            {route.page === 'cost' && <CostPage session={session} site={site} />}
          </Suspense>
        )}
      </main>
    </>
  );
}
