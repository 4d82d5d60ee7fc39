import { useMemo, useState } from 'react';
import type { HeatmapRoute } from '../route.ts';
import type { Session } from '../session.ts';
import type { SideAnswers, Sides } from '../use-compared.ts';
import { usePicture } from '../use-page-map.ts';
import { elementHeat } from '../view/element-heat.ts';
import { formatTotal } from '../view/figure-format.ts';
import { brushRadius } from '../view/heat-scale.ts';
import { heatmapView } from '../view/heatmap-view.ts';
import { factsOf } from '../view/layer.ts';
import { type MapDrawing, mapDrawing } from '../view/map-drawing.ts';
import { tapHeat } from '../view/tap-heat.ts';
import { formatSpan } from '../view/time-format.ts';
import { HeatLegend } from './heat-legend.tsx';
import { HeatSurface } from './heat-surface.tsx';

interface Props {
  session: Session;
  route: HeatmapRoute;
  sides: Sides<SideAnswers>;
  zone: string;
  onChange: (route: HeatmapRoute) => void;
}

/** Two maps on one scale: where the reader fixed it, else where the hotter one ends. */
export function CompareMaps({ session, route, sides, zone, onChange }: Props) {
  const facts = factsOf(route.layer);
  const [firstScale, setFirstScale] = useState(1);
  const [secondScale, setSecondScale] = useState(1);
  // A colour is a sum over the brush: on both pages it has the same px of the page, however small a map is shown.
  const brushPx = Math.max(...[firstScale, secondScale].map((scale) => brushRadius(facts, scale) / scale));
  const drawn = useMemo(() => {
    const maps = sides.map((side) => mapOf(side, route));
    const free = maps.map((map) => mapDrawing({ ...map, fixedAt: route.scaleEnd, brushPx }));
    const end = Math.max(...free.map((one) => one.end));
    return maps.map((map) => ({ view: map.view, drawing: mapDrawing({ ...map, fixedAt: end, brushPx }) }));
  }, [sides, route, brushPx]);
  const end = { end: drawn[0]?.drawing.end ?? 0, isExceeded: drawn.some(({ drawing }) => drawing.isExceeded) };
  return (
    <>
      <div className="compare-maps">
        {drawn.map(({ view, drawing }, index) => {
          const [side, scale, onScale] =
            index === 0 ? [sides[0], firstScale, setFirstScale] : [sides[1], secondScale, setSecondScale];
          return (
            <figure key={side.wanted.name} className="surface-card">
              <figcaption>
                <strong>{side.wanted.name}</strong>: {formatTotal(facts, drawing.total).join(' ')},{' '}
                {formatSpan(side.heatmap.from, side.heatmap.to, zone)}
              </figcaption>
              <SideMap
                {...{ session, side, view, drawing, onScale }}
                radius={Math.round(brushPx * scale)}
                name={side.wanted.name}
              />
            </figure>
          );
        })}
      </div>
      <HeatLegend
        facts={facts}
        scale={end}
        brushPx={Math.round(brushPx)}
        fixedAt={route.scaleEnd}
        onFix={(fixed) => onChange({ ...route, scaleEnd: fixed })}
      />
    </>
  );
}

function mapOf({ heatmap, elements, scroll, wanted }: SideAnswers, { layer }: HeatmapRoute) {
  const answers = { heatmap, rows: elements.rows, complete: elements.complete };
  const { elements: known } = elementHeat(null, answers, new Map());
  const view = heatmapView(layer === 'tap' ? tapHeat(known) : known, pictureOf(heatmap), wanted.device);
  return { layer, view, scroll, isComplete: elements.complete };
}

function pictureOf({ capture }: SideAnswers['heatmap']) {
  return capture && !('error' in capture) ? capture : null;
}

interface SideProps {
  session: Session;
  side: SideAnswers;
  name: string;
  view: ReturnType<typeof heatmapView>;
  drawing: MapDrawing;
  radius: number;
  onScale: (scale: number) => void;
}

function SideMap({ session, side, ...rest }: SideProps) {
  const [pointed, setPointed] = useState('');
  const capture = pictureOf(side.heatmap);
  const picture = usePicture(session, capture?.image ?? '');
  return (
    <HeatSurface
      {...rest}
      picture={picture.value ?? ''}
      hasPicture={capture !== null && !picture.error}
      loading={false}
      emptyText="Nothing was recorded here on this side."
      pointed={pointed}
      revealed={nothingRevealed}
      onPoint={setPointed}
      onChoose={setPointed}
    />
  );
}

const nothingRevealed = { key: '' };
