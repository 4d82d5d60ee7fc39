import { useMemo, useState } from 'react';
import { type ExportWish, exportPicture, exportTable } from '../export-heat.ts';
import { CompareCard } from '../parts/compare-card.tsx';
import { ElementTable } from '../parts/element-table.tsx';
import { ExportMenu } from '../parts/export-menu.tsx';
import { HeatLegend } from '../parts/heat-legend.tsx';
import { HeatSurface } from '../parts/heat-surface.tsx';
import { NoPicture } from '../parts/no-picture.tsx';
import { Notice } from '../parts/notice.tsx';
import { OpenOnSite } from '../parts/open-on-site.tsx';
import { PictureButton } from '../parts/picture-button.tsx';
import { PlacedLine } from '../parts/placed-line.tsx';
import { PlaybackCard } from '../parts/playback-card.tsx';
import { ScrollSummary } from '../parts/scroll-summary.tsx';
import { formatRoute, type HeatmapRoute } from '../route.ts';
import type { Session } from '../session.ts';
import { pageOf } from '../use-heat.ts';
import { type PageMap, usePageMap } from '../use-page-map.ts';
import { mapExports } from '../view/export-choices.ts';
import { brushRadius } from '../view/heat-scale.ts';
import { factsOf } from '../view/layer.ts';
import { mapDrawing } from '../view/map-drawing.ts';
import type { MapMode } from '../view/map-mode.ts';
import { mapSpanOf } from '../view/map-range.ts';
import type { SiteFacts } from './site-facts.ts';

interface Props {
  session: Session;
  site: SiteFacts;
  route: HeatmapRoute;
  mode: MapMode;
  onChange: (route: HeatmapRoute) => void;
}

/** Cards of panes beside the map: the most scrolled. */
const panesShownMax = 4;

/** One page's map, its elements and how far it was read. */
export function PageHeat({ session, site, route, mode, onChange }: Props) {
  const page = usePageMap(session, site, route);
  const { answer, scroll, map, whole } = page;
  const [pointed, setPointed] = useState('');
  const [revealed, setRevealed] = useState({ key: '' });
  const [chosen, setChosen] = useState({ key: '' });
  if (answer.error && !answer.value) {
    return (
      <Notice title="The heatmap could not be loaded" tone="error">
        <p>{answer.error.message}</p>
        <button type="button" className="button" onClick={page.reload}>
          Try again
        </button>
      </Notice>
    );
  }
  if (mode === 'play') return <PlaybackCard {...{ session, site, route, page, onChange }} />;
  if (mode === 'compare') return <CompareCard {...{ session, site, route, onChange }} />;
  return (
    <div className="heatmap-columns">
      <MapCard
        {...{ session, site, route, mode, onChange, page, pointed, revealed }}
        onPoint={setPointed}
        onChoose={(key) => setChosen({ key })}
      />
      <aside className="heatmap-side">
        <ElementTable
          elements={map.view.elements}
          isKnown={page.heat !== null}
          whole={whole}
          layer={route.layer}
          pointed={pointed}
          chosen={chosen}
          onPoint={setPointed}
          onReveal={(key) => setRevealed({ key })}
        />
        <ScrollSummary title="Scroll depth" answer={scroll.value} error={scroll.error} first="the first screen" />
        {scroll.value?.panes.slice(0, panesShownMax).map((pane) => (
          <ScrollSummary
            key={pane.key}
            title={`Inside ${pane.key}`}
            answer={pane}
            error={null}
            first="what shows at first"
            did=" that scrolled"
          />
        ))}
      </aside>
    </div>
  );
}

interface MapCardProps extends Props {
  page: PageMap;
  pointed: string;
  revealed: { key: string };
  onPoint: (key: string) => void;
  onChoose: (key: string) => void;
}

/** The map with what it is of above it, and what its colours mean below. */
function MapCard({ session, site, route, onChange, page, ...links }: MapCardProps) {
  const { layer } = route;
  const { heat, scroll, capture, picture, map, whole } = page;
  const facts = factsOf(layer);
  const [scale, setScale] = useState(1);
  const radius = brushRadius(facts, scale);
  const brushPx = radius / scale;
  const drawing = useMemo(() => mapDrawing({ ...map, brushPx }), [map, brushPx]);
  const saved = (): ExportWish => {
    const span = mapSpanOf(route.range, Date.now(), site.zone);
    const background = { picture: picture.value ?? '', takenAt: capture?.takenAt ?? 0 };
    return { siteName: site.name, zone: site.zone, route, ...span, map, ...background };
  };
  const savePicture = () =>
    exportPicture(saved()).catch((error: Error) => {
      throw new Error(`The picture could not be made: ${error.message}`);
    });
  return (
    <section className="card surface-card" aria-label="Map">
      <header className="surface-head">
        <PlacedLine
          isKnown={heat !== null}
          layer={layer}
          total={drawing.total}
          placed={map.view.placed}
          leftOut={page.leftOut}
        />
        <ExportMenu
          api={session.api}
          choices={mapExports(route)}
          span={() => mapSpanOf(route.range, Date.now(), site.zone)}
          made={[
            { name: 'png', label: 'The map as a picture', save: savePicture },
            { name: 'csv', label: 'The table beside it', save: () => exportTable(saved(), whole) },
          ]}
        />
        <OpenOnSite session={session} site={site} path={route.path} range={route.range} />
        <PictureButton
          isKnown={heat !== null}
          session={session}
          site={site}
          page={pageOf(route)}
          capture={page.found}
          isPast={page.answer.value?.isPast ?? false}
          loadFailure={picture.error?.message ?? ''}
          onTaken={page.reload}
        />
      </header>
      {heat !== null && capture === null && (
        <NoPicture failure={page.found && 'error' in page.found ? page.found : null} mayWrite={site.mayWrite} />
      )}
      <HeatSurface
        {...links}
        name={formatRoute({ ...route, scaleEnd: null })}
        view={map.view}
        drawing={drawing}
        picture={picture.value ?? ''}
        hasPicture={capture !== null && !picture.error}
        loading={heat === null || (needsScroll(layer) && scroll.loading)}
        emptyText={emptyText(layer, map.isComplete, scroll.error)}
        radius={radius}
        onScale={setScale}
      />
      <HeatLegend
        facts={facts}
        scale={drawing}
        brushPx={Math.round(brushPx)}
        fixedAt={route.scaleEnd}
        onFix={(end) => onChange({ ...route, scaleEnd: end })}
      />
    </section>
  );
}

/** Bands, and boxes that count who had them on screen. */
function needsScroll(layer: HeatmapRoute['layer']): boolean {
  return factsOf(layer).drawn !== 'cells' && layer !== 'field';
}

/** Why a map is empty: nothing was recorded, or nothing can be said. */
function emptyText(layer: HeatmapRoute['layer'], isComplete: boolean, scrollError: Error | null): string {
  if (layer === 'field') return 'Nobody came to a field of this page in this time.';
  if (needsScroll(layer) && scrollError) return `How far the page was read is not known: ${scrollError.message}`;
  if (layer === 'underused') {
    if (!isComplete)
      return 'This page has more elements than are counted one by one: which were left alone is not known.';
    return 'No element that was on screen in 50 views or more was left alone.';
  }
  return 'Nothing was recorded here in this time.';
}
