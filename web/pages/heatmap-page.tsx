import { useEffect, useMemo, useState } from 'react';
import { ElementTable } from '../parts/element-table.tsx';
import { HeatLegend } from '../parts/heat-legend.tsx';
import { HeatSurface } from '../parts/heat-surface.tsx';
import { HeatToolbar } from '../parts/heat-toolbar.tsx';
import { Notice } from '../parts/notice.tsx';
import { PictureButton } from '../parts/picture-button.tsx';
import { PlacedLine } from '../parts/placed-line.tsx';
import { ScrollSummary } from '../parts/scroll-summary.tsx';
import { formatRoute } from '../route.ts';
import type { Session } from '../session.ts';
import { type HeatmapRoute, pageOf, useHeat } from '../use-heat.ts';
import { useAnswer } from '../use-live.ts';
import { spanOf } from '../view/date-range.ts';
import { densityMax } from '../view/heat-density.ts';
import { brushRadius, scaleMax } from '../view/heat-scale.ts';
import { heatmapView } from '../view/heatmap-view.ts';
import type { SiteFacts } from './site-facts.ts';

interface Props {
  session: Session;
  site: SiteFacts;
  route: HeatmapRoute;
}

export function HeatmapPage({ session, site, route }: Props) {
  const { value: pages, error } = useAnswer(
    `pages ${route.range}`,
    () => session.api.pages(spanOf(route.range, Date.now(), site.zone)),
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
  const go = (change: Partial<HeatmapRoute>) => {
    location.hash = formatRoute({ ...route, ...change });
  };
  return (
    <div className="heatmap-page">
      <h1 className="visually-hidden">Heatmap: {route.path || site.name}</h1>
      <HeatToolbar route={route} pages={pages?.rows ?? []} onChange={go} />
      {error && !pages && (
        <Notice title="The pages could not be loaded" tone="error">
          <p>{error.message}</p>
        </Notice>
      )}
      {route.path ? (
        <PageHeat key={`${route.path} ${route.device}`} session={session} site={site} route={route} />
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

function PageHeat({ session, site, route }: Props) {
  const { answer, heat, reload } = useHeat(session, site, route);
  const [pointed, setPointed] = useState('');
  const [revealed, setRevealed] = useState({ key: '' });
  const scroll = useAnswer(
    `scroll ${formatRoute(route)}`,
    () => session.api.scroll(spanOf(route.range, Date.now(), site.zone), pageOf(route)),
    30_000,
  );
  const found = answer.value?.today.heatmap.capture ?? null;
  const capture = found && !('error' in found) ? found : null;
  const view = useMemo(() => heatmapView(heat?.elements ?? [], capture, route.device), [heat, capture, route.device]);
  const picture = useAnswer(
    `picture ${capture?.image ?? ''}`,
    async () => (capture ? URL.createObjectURL(await session.api.picture(capture.image)) : ''),
    0,
  );
  useEffect(() => {
    const url = picture.value;
    return () => (url ? URL.revokeObjectURL(url) : undefined);
  }, [picture.value]);
  const [scale, setScale] = useState(1);
  const radius = brushRadius(route.layer, scale);
  const max = useMemo(
    () => scaleMax(route.layer, densityMax(view.spots, radius / scale)),
    [view.spots, route.layer, radius, scale],
  );

  if (answer.error && !answer.value) {
    return (
      <Notice title="The heatmap could not be loaded" tone="error">
        <p>{answer.error.message}</p>
        <button type="button" className="button" onClick={reload}>
          Try again
        </button>
      </Notice>
    );
  }
  return (
    <div className="heatmap-columns">
      <section className="card surface-card" aria-label="Map">
        <header className="surface-head">
          <PlacedLine view={view} layer={route.layer} leftOut={answer.value?.today.heatmap.leftOut.value ?? 0} />
          <PictureButton session={session} site={site} page={pageOf(route)} capture={found} onTaken={reload} />
        </header>
        <HeatSurface
          name={formatRoute(route)}
          view={view}
          picture={picture.value ?? ''}
          hasPicture={capture !== null}
          loading={heat === null}
          max={max}
          radius={radius}
          pointed={pointed}
          revealed={revealed}
          onPoint={setPointed}
          onScale={setScale}
        />
        <HeatLegend layer={route.layer} max={max} brushPx={Math.round(radius / scale)} />
      </section>
      <aside className="heatmap-side">
        <ElementTable
          elements={view.elements}
          layer={route.layer}
          pointed={pointed}
          onPoint={setPointed}
          onReveal={(key) => setRevealed({ key })}
        />
        <ScrollSummary answer={scroll.value} error={scroll.error} />
      </aside>
    </div>
  );
}
