import { useEffect, useMemo, useState } from 'react';
import { ActiveNow } from '../parts/active-now.tsx';
import { BarChart } from '../parts/bar-chart.tsx';
import { Card } from '../parts/card.tsx';
import { ExportMenu } from '../parts/export-menu.tsx';
import { LiveFeed } from '../parts/live-feed.tsx';
import { Notice } from '../parts/notice.tsx';
import { SetupHint } from '../parts/setup-hint.tsx';
import { VitalsCard } from '../parts/vitals-card.tsx';
import type { Session } from '../session.ts';
import { useLive } from '../use-live.ts';
import { useMarkers } from '../use-markers.ts';
import { type DateRange, spanOf } from '../view/date-range.ts';
import { trafficExports } from '../view/export-choices.ts';
import { liveView } from '../view/live-view.ts';
import { formatWhole } from '../view/number-format.ts';
import { formatMinute } from '../view/time-format.ts';
import { HistorySection } from './history-section.tsx';
import type { SiteFacts } from './site-facts.ts';
import { TodaySection } from './today-section.tsx';

export function LivePage({ session, site }: { session: Session; site: SiteFacts }) {
  const live = useLive(session.store);
  const [range, setRange] = useState<DateRange>('today');
  const view = useMemo(() => liveView(live.items.values(), live.asOf, site.zone), [live, site.zone]);
  const markers = useMarkers(session, range, () => spanOf(range, Date.now(), site.zone), site.mayWrite);
  useEffect(() => {
    document.title = live.asOf > 0 ? `${view.active} · ${site.name} · SitePulse` : 'SitePulse';
  }, [view.active, live.asOf, site.name]);
  const exporting = (
    <ExportMenu api={session.api} choices={trafficExports(range)} span={() => spanOf(range, Date.now(), site.zone)} />
  );
  const lastHour = view.minutes.reduce((sum, { pageViews }) => sum + pageViews, 0);
  const isEmpty = live.complete && lastHour === 0 && view.today.pageViews === 0;
  const points = view.minutes.map(({ at, pageViews }, index) => ({
    label: formatMinute(at, site.zone),
    value: pageViews,
    isOpen: index === view.minutes.length - 1,
  }));
  return (
    <div className="live-page">
      <div className="live-main">
        <h1 className="visually-hidden">Live: {site.name}</h1>
        {live.connection.name === 'offline' && live.asOf === 0 && (
          <Notice title="The API does not answer" tone="error">
            <p>{live.connection.message}</p>
            <p>
              Is it running? Locally, start it with <code>npm start</code>. The dashboard keeps trying, and fills in by
              itself.
            </p>
          </Notice>
        )}
        <div className="live-hero">
          <ActiveNow live={live} view={view} zone={site.zone} />
          <Card
            title="Page views per minute"
            note={live.asOf > 0 ? `last 60 minutes · ${formatWhole(lastHour)} in all` : 'last 60 minutes'}
            className="minute-card"
          >
            <BarChart
              points={live.asOf > 0 ? points : []}
              unit="page views"
              labelEvery={10}
              height={280}
              loading={!live.complete}
            />
          </Card>
        </div>
        {isEmpty && <SetupHint mayWrite={site.mayWrite} />}
        {range === 'today' ? (
          <TodaySection
            view={view}
            loading={!live.complete}
            {...{ zone: site.zone, range, onRange: setRange, markers, action: exporting }}
          />
        ) : (
          <HistorySection {...{ session, zone: site.zone, range, onRange: setRange, markers, action: exporting }} />
        )}
        <VitalsCard session={session} zone={site.zone} range={range} mayWrite={site.mayWrite} />
      </div>
      <LiveFeed rows={live.feed} zone={site.zone} />
    </div>
  );
}
