import { memo, type RefObject, useEffect, useRef } from 'react';
import { useWidth } from '../use-live.ts';
import { wantsStillness } from '../use-replay.ts';
import type { ReplaySpot } from '../view/replay.ts';
import type { ReplayFrame } from '../view/replay-frame.ts';
import { cameraTop, placeOf, type ReplaySurface } from '../view/replay-place.ts';
import { MapOverlay } from './map-overlay.tsx';
import { SchematicPage } from './schematic-page.tsx';

interface Props {
  surface: ReplaySurface;
  /** Object URL of the page's picture; '' while there is none. */
  picture: string;
  isLoading: boolean;
  frame: ReplayFrame;
}

/** Below the line that tells how far was seen: its label stays in sight with it. */
const belowLinePx = 14;
/** Around a click; it widens and fades. */
const ringPx = 16;

/** The page with the pointer on it; what happens is kept in sight. */
export function ReplayStage({ surface, picture, isLoading, frame }: Props) {
  const viewport = useRef<HTMLElement>(null);
  const { view } = surface;
  const room = useWidth(viewport);
  const scale = room > 0 ? Math.min(1, room / view.width) : 1;
  const [width, height] = [Math.round(view.width * scale), Math.round(view.height * scale)];
  const on = (spot: ReplaySpot) => {
    const place = placeOf(surface, spot);
    return place && { x: place.x * scale, y: place.y * scale };
  };
  const pointer = pointerPlace(frame, on);
  const trail = frame.trail.flatMap((spot) => on(spot) ?? []);
  const clicks = frame.clicks.flatMap((step) => {
    const place = step.spot && on(step.spot);
    return place ? [{ ...place, step }] : [];
  });
  const seenTo = (frame.reached / 100) * view.height;
  useCamera(viewport, frame.order, (frame.focus && on(frame.focus)?.y) ?? null, seenTo * scale + belowLinePx);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long page is scrolled by the keyboard, too, which not every browser lets by itself.
    <section className="surface-viewport" ref={viewport} aria-label="The page" tabIndex={0}>
      <div
        className={`surface ${picture ? '' : 'is-sheet'} ${isLoading ? 'is-loading' : ''}`}
        data-testid="replay-stage"
        style={{ width, height }}
      >
        <Page surface={surface} picture={picture} scale={scale} />
        {frame.reached > 0 && (
          <MapOverlay
            shapes={[]}
            lines={[{ y: seenTo, label: `seen to ${frame.reached}%`, kind: 'fold' }]}
            pointed={null}
            scale={scale}
            height={height}
          />
        )}
        <svg className="replay-layer" width={width} height={height} aria-hidden="true">
          {trail.length > 0 && (
            <polyline points={[...trail, ...(pointer ? [pointer] : [])].map(({ x, y }) => `${x},${y}`).join(' ')} />
          )}
          {clicks.map(({ x, y, step: { from, share } }) => (
            <circle
              key={`${from} ${x} ${y}`}
              className="replay-ring"
              cx={x}
              cy={y}
              r={wantsStillness() ? ringPx : ringPx * (0.5 + share)}
              opacity={wantsStillness() ? 1 : 1 - 0.8 * share}
            />
          ))}
          {pointer && (
            <path
              data-testid="replay-pointer"
              transform={`translate(${pointer.x} ${pointer.y})`}
              d="M0 0v17l4.4-4 2.8 6.4 2.7-1.2-2.8-6.2H13z"
            />
          )}
        </svg>
      </div>
    </section>
  );
}

interface PageProps {
  surface: ReplaySurface;
  picture: string;
  scale: number;
}

/** Stands still while the pointer goes. */
const Page = memo(function Page({ surface, picture, scale }: PageProps) {
  return picture ? (
    <img className="surface-picture" src={picture} alt="The page as it was captured" draggable={false} />
  ) : (
    <SchematicPage elements={surface.view.elements} scale={scale} />
  );
});

type Place = { x: number; y: number } | null;

function pointerPlace({ pointer }: ReplayFrame, on: (spot: ReplaySpot) => Place): Place {
  if (!pointer) return null;
  const from = on(pointer.from);
  const to = on(pointer.to);
  if (!from || !to) return from;
  const share = wantsStillness() ? 0 : pointer.share;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** Scrolls to what is looked at whenever that is something else; meanwhile the reader may look elsewhere. In px of the screen. */
function useCamera(viewport: RefObject<HTMLElement | null>, order: number, y: number | null, seenTo: number): void {
  const scrollTo = (topOf: (top: number, windowPx: number) => number) => {
    const { scrollTop = 0, clientHeight = 0 } = viewport.current ?? {};
    const top = topOf(scrollTop, clientHeight);
    if (top !== scrollTop) viewport.current?.scrollTo({ top, behavior: wantsStillness() ? 'instant' : 'smooth' });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scene begins at its top.
  useEffect(() => {
    viewport.current?.scrollTo({ top: 0, behavior: 'instant' });
  }, [order]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another place moves the window.
  useEffect(() => {
    if (y !== null) scrollTo((top, windowPx) => cameraTop(top, windowPx, y));
  }, [order, y]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: without a pointer, reading is all that moves the window.
  useEffect(() => {
    if (y === null) scrollTo((top, windowPx) => Math.max(top, seenTo - windowPx));
  }, [order, seenTo]);
}
