import { useEffect, useState } from 'react';
import { HeatToolbar } from '../parts/heat-toolbar.tsx';
import { Notice } from '../parts/notice.tsx';
import { Segmented } from '../parts/segmented.tsx';
import { formatRoute, type HeatmapRoute } from '../route.ts';
import type { Session } from '../session.ts';
import { useAnswer } from '../use-live.ts';
import { type MapMode, mapModeLabel, mapModes } from '../view/map-mode.ts';
import { mapSpanOf } from '../view/map-range.ts';
import { PageHeat } from './page-heat.tsx';
import type { SiteFacts } from './site-facts.ts';

interface Props {
  session: Session;
  site: SiteFacts;
  route: HeatmapRoute;
}

export function HeatmapPage({ session, site, route }: Props) {
  const { value: pages, error } = useAnswer(
    `pages ${route.range}`,
    () => session.api.pages(mapSpanOf(route.range, Date.now(), site.zone)),
    15_000,
  );
  const first = pages?.rows[0]?.path;
  useEffect(() => {
    document.title = `Heatmap of ${route.path || site.name} · SitePulse`;
  }, [route.path, site.name]);
  useEffect(() => {
    // The address then names what is shown; the page before it stays one step back.
    if (route.path === '' && first) location.replace(formatRoute({ ...route, path: first }));
  }, [route, first]);
  const [mode, setMode] = useState<MapMode>('map');
  const go = (next: HeatmapRoute) => {
    location.hash = formatRoute(next);
  };
  return (
    <div className="heatmap-page">
      <h1 className="visually-hidden">Heatmap: {route.path || site.name}</h1>
      <HeatToolbar route={route} pages={pages?.rows ?? null} zone={site.zone} onChange={go}>
        <Segmented
          label="How the map is shown"
          options={mapModes}
          labels={mapModeLabel}
          value={mode}
          onChange={setMode}
        />
      </HeatToolbar>
      {error && !pages && (
        <Notice title="The pages could not be loaded" tone="error">
          <p>{error.message}</p>
        </Notice>
      )}
      {route.path ? (
        <PageHeat
          key={`${route.path} ${route.device}`}
          session={session}
          site={site}
          route={route}
          mode={mode}
          onChange={go}
        />
      ) : (
        pages &&
        pages.rows.length === 0 && (
          <Notice title="No pages in this time" tone="calm">
            <p>A page appears here with its first view. Choose a longer time, or open a page that has the snippet.</p>
          </Notice>
        )
      )}
    </div>
  );
}
