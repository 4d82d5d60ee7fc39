import { useEffect, useMemo, useState } from 'react';
import { exportPicture, exportTable } from '../export-heat.ts';
import { ElementTable } from '../parts/element-table.tsx';
import { ExportButtons } from '../parts/export-buttons.tsx';
import { HeatLegend } from '../parts/heat-legend.tsx';
import { HeatSurface } from '../parts/heat-surface.tsx';
import { Notice } from '../parts/notice.tsx';
import { PictureButton } from '../parts/picture-button.tsx';
import { PlacedLine } from '../parts/placed-line.tsx';
import { ScrollSummary } from '../parts/scroll-summary.tsx';
import { formatRoute, type HeatmapRoute } from '../route.ts';
import type { Session } from '../session.ts';
import { pageOf, useHeat } from '../use-heat.ts';
import { useAnswer } from '../use-live.ts';
import { spanOf } from '../view/date-range.ts';
import { brushRadius } from '../view/heat-scale.ts';
import { heatmapView } from '../view/heatmap-view.ts';
import { factsOf } from '../view/layer.ts';
import { mapDrawing } from '../view/map-drawing.ts';
import { tapHeat } from '../view/tap-heat.ts';
import type { SiteFacts } from './site-facts.ts';

interface Props {
  session: Session;
  site: SiteFacts;
  route: HeatmapRoute;
  onChange: (route: HeatmapRoute) => void;
}

/** One page's map, its elements and how far it was read. */
export function PageHeat({ session, site, route, onChange }: Props) {
  const { layer, device, scaleEnd: fixedAt } = route;
  const facts = factsOf(layer);
  const { answer, heat, reload } = useHeat(session, site, route);
  const [pointed, setPointed] = useState('');
  const [revealed, setRevealed] = useState({ key: '' });
  const [chosen, setChosen] = useState({ key: '' });
  const scroll = useAnswer(
    `scroll ${route.path} ${device} ${route.range}`,
    () => session.api.scroll(spanOf(route.range, Date.now(), site.zone), pageOf(route)),
    30_000,
  );
  const found = answer.value?.today.heatmap.capture ?? null;
  const capture = found && !('error' in found) ? found : null;
  const view = useMemo(() => {
    const elements = heat?.elements ?? [];
    return heatmapView(layer === 'tap' ? tapHeat(elements) : elements, capture, device);
  }, [heat, capture, device, layer]);
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
  const radius = brushRadius(facts, scale);
  const brushPx = radius / scale;
  const isComplete = heat?.complete ?? true;
  const map = useMemo(
    () => ({ layer, view, scroll: scroll.value, isComplete, fixedAt }),
    [layer, view, scroll.value, isComplete, fixedAt],
  );
  const drawing = useMemo(() => mapDrawing({ ...map, brushPx }), [map, brushPx]);
  const whole = useMemo(
    () => ({
      clicks: view.elements.reduce((sum, { counts }) => sum + counts.clicks, 0),
      views: scroll.value?.views ?? null,
    }),
    [view.elements, scroll.value],
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
  const saved = () => {
    const span = spanOf(route.range, Date.now(), site.zone);
    const page = { picture: picture.value ?? '', takenAt: capture?.takenAt ?? 0 };
    return { siteName: site.name, zone: site.zone, route, ...span, map, ...page };
  };
  return (
    <div className="heatmap-columns">
      <section className="card surface-card" aria-label="Map">
        <header className="surface-head">
          <PlacedLine
            layer={layer}
            total={drawing.total}
            placed={view.placed}
            leftOut={answer.value?.today.heatmap.leftOut.value ?? 0}
          />
          <ExportButtons savePicture={() => exportPicture(saved())} saveTable={() => exportTable(saved(), whole)} />
          <PictureButton session={session} site={site} page={pageOf(route)} capture={found} onTaken={reload} />
        </header>
        <HeatSurface
          name={formatRoute({ ...route, scaleEnd: null })}
          view={view}
          drawing={drawing}
          picture={picture.value ?? ''}
          hasPicture={capture !== null}
          loading={heat === null || (facts.drawn !== 'cells' && scroll.loading)}
          emptyText={emptyText(layer, isComplete, scroll.error)}
          radius={radius}
          pointed={pointed}
          revealed={revealed}
          onPoint={setPointed}
          onChoose={(key) => setChosen({ key })}
          onScale={setScale}
        />
        <HeatLegend
          facts={facts}
          scale={drawing}
          brushPx={Math.round(brushPx)}
          fixedAt={fixedAt}
          onFix={(end) => onChange({ ...route, scaleEnd: end })}
        />
      </section>
      <aside className="heatmap-side">
        <ElementTable
          elements={view.elements}
          whole={whole}
          layer={layer}
          pointed={pointed}
          chosen={chosen}
          onPoint={setPointed}
          onReveal={(key) => setRevealed({ key })}
        />
        <ScrollSummary answer={scroll.value} error={scroll.error} />
      </aside>
    </div>
  );
}

/** Why a map is empty: nothing was recorded, or nothing can be said. */
function emptyText(layer: HeatmapRoute['layer'], isComplete: boolean, scrollError: Error | null): string {
  if (factsOf(layer).drawn !== 'cells' && scrollError)
    return `How far the page was read is not known: ${scrollError.message}`;
  if (layer === 'underused') {
    if (!isComplete)
      return 'This page has more elements than are counted one by one: which were left alone is not known.';
    return 'No element that was on screen in 50 views or more was left alone.';
  }
  return 'Nothing was recorded here in this time.';
}
