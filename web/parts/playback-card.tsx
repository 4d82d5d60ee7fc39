import { useMemo, useState } from 'react';
import type { PlaybackAnswer } from '../../functions/contract/answer.ts';
import type { SiteFacts } from '../pages/site-facts.ts';
import { formatRoute, type HeatmapRoute } from '../route.ts';
import type { Session } from '../session.ts';
import { pageOf } from '../use-heat.ts';
import { useAnswer } from '../use-live.ts';
import { useMarkers } from '../use-markers.ts';
import type { PageMap } from '../use-page-map.ts';
import { chartMarks } from '../view/chart-marks.ts';
import { brushRadius } from '../view/heat-scale.ts';
import { heatmapView } from '../view/heatmap-view.ts';
import { factsOf } from '../view/layer.ts';
import { mapDrawing } from '../view/map-drawing.ts';
import { mapSpanOf } from '../view/map-range.ts';
import { busiestFrame, firstFrame, frameElements, frameText, frameUnit, playedSpan } from '../view/playback.ts';
import { HeatLegend } from './heat-legend.tsx';
import { HeatSurface } from './heat-surface.tsx';
import { Notice } from './notice.tsx';
import { Scrubber } from './scrubber.tsx';

interface Props {
  session: Session;
  site: SiteFacts;
  route: HeatmapRoute;
  page: PageMap;
  onChange: (route: HeatmapRoute) => void;
}

/** The map through time: one question, then every frame of it. */
export function PlaybackCard(props: Props) {
  const { session, site, route } = props;
  const by = frameUnit(route.layer);
  const span = mapSpanOf(route.range, Date.now(), site.zone);
  const { value, error } = useAnswer(
    `playback ${formatRoute({ ...route, scaleEnd: null })}`,
    async () => (by ? session.api.playback(playedSpan(span, by), pageOf(route), factsOf(route.layer).cells) : null),
    0,
  );
  if (!by) {
    return (
      <Notice title="This layer is not kept frame by frame" tone="calm">
        <p>Clicks, rage and dead clicks play hour by hour; movement, hover and hesitation day by day.</p>
      </Notice>
    );
  }
  if (error) {
    return (
      <Notice title="The frames could not be loaded" tone="error">
        <p>{error.message}</p>
      </Notice>
    );
  }
  if (!value || value.frames.length === 0)
    return <p className="quiet">{value ? 'Nothing to play yet.' : 'Loading …'}</p>;
  return <Frames {...props} answer={value} isCut={playedSpan(span, by).from > span.from} />;
}

function Frames({ session, route, page, onChange, answer, isCut }: Props & { answer: PlaybackAnswer; isCut: boolean }) {
  const [frame, setFrame] = useState(() => firstFrame(answer));
  const [scale, setScale] = useState(1);
  const [pointed, setPointed] = useState('');
  const facts = factsOf(route.layer);
  const radius = brushRadius(facts, scale);
  const brushPx = radius / scale;
  const { capture, picture } = page;
  const shown = Math.min(frame, answer.frames.length - 1);
  const busiest = useFrame(answer, busiestFrame(answer), { route, page, brushPx, fixedAt: route.scaleEnd }).drawing;
  const { view, drawing } = useFrame(answer, shown, { route, page, brushPx, fixedAt: busiest.end });
  const markers = useMarkers(session, `${answer.from} ${answer.to}`, () => ({ from: answer.from, to: answer.to }));
  const marks = chartMarks(
    answer.frames.map(({ from }) => from),
    markers.rows,
  );
  const span = isCut ? ', the end of the range' : '';
  const unit = answer.by === 'hour' ? 'Hour by hour' : 'Day by day: this layer plays by whole days';
  return (
    <section className="card surface-card" aria-label="Playback">
      <header className="surface-head">
        <p className="quiet">
          {unit}
          {span}.{answer.leftOut.cells > 0 && ` ${answer.leftOut.cells} of the smallest places did not fit.`}
        </p>
        <Scrubber
          count={answer.frames.length}
          frame={shown}
          text={[frameText(answer, shown, route.layer), ...(marks[shown] ?? [])].join(' · ')}
          marked={marks.flatMap(({ length }, index) => (length > 0 ? index : []))}
          onFrame={setFrame}
        />
      </header>
      <HeatSurface
        name={`${formatRoute(route)} ${shown}`}
        view={view}
        drawing={drawing}
        picture={picture.value ?? ''}
        hasPicture={capture !== null && !picture.error}
        loading={false}
        emptyText="Nothing was recorded here in this frame."
        radius={radius}
        pointed={pointed}
        revealed={nothingRevealed}
        onPoint={setPointed}
        onChoose={setPointed}
        onScale={setScale}
      />
      <HeatLegend
        facts={facts}
        scale={busiest}
        brushPx={Math.round(brushPx)}
        fixedAt={route.scaleEnd}
        onFix={(end) => onChange({ ...route, scaleEnd: end })}
      />
    </section>
  );
}

interface Drawn extends Pick<Props, 'route' | 'page'> {
  brushPx: number;
  fixedAt: number | null;
}

/** Frame `n` on the page's picture, with a scale that ends at `fixedAt`. */
function useFrame(answer: PlaybackAnswer, n: number, { route, page, brushPx, fixedAt }: Drawn) {
  const { layer, device } = route;
  const { capture } = page;
  const view = useMemo(() => heatmapView(frameElements(answer, n), capture, device), [answer, n, capture, device]);
  const drawing = useMemo(
    () => mapDrawing({ layer, view, scroll: null, isComplete: true, fixedAt, brushPx }),
    [layer, view, fixedAt, brushPx],
  );
  return { view, drawing };
}

const nothingRevealed = { key: '' };
