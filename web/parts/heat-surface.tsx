import { type PointerEvent, useEffect, useRef } from 'react';
import { HeatmapCanvas } from '../heatmap-canvas.ts';
import { useWidth } from '../use-live.ts';
import { elementAt } from '../view/element-at.ts';
import type { HeatmapView, PlacedElement } from '../view/heatmap-view.ts';

interface Props {
  /** Of the map: while it stays the same, what is new blooms. */
  name: string;
  view: HeatmapView;
  /** Object URL of the page's picture; empty while there is none. */
  picture: string;
  hasPicture: boolean;
  loading: boolean;
  max: number;
  radius: number;
  /** Key of the element that the pointer is over, here or in the table. */
  pointed: string;
  /** A new object asks to scroll to that element. */
  revealed: { key: string };
  onPoint: (key: string) => void;
  onScale: (scale: number) => void;
}

/** The page's picture, or the boxes of its elements on a sheet, with the heat over it. */
export function HeatSurface(props: Props) {
  const { name, view, picture, hasPicture, loading, max, radius, pointed, revealed, onPoint, onScale } = props;
  const viewport = useRef<HTMLDivElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const canvas = useRef<HeatmapCanvas | null>(null);
  const room = useWidth(viewport);
  const scale = room > 0 ? Math.min(1, room / view.width) : 1;
  const width = Math.round(view.width * scale);
  const height = Math.round(view.height * scale);

  useEffect(() => onScale(scale), [scale, onScale]);
  useEffect(() => {
    if (!surface.current || !viewport.current) return;
    const made = new HeatmapCanvas(surface.current, viewport.current);
    canvas.current = made;
    return () => {
      canvas.current = null;
      made.destroy();
    };
  }, []);
  useEffect(() => {
    if (room === 0 || loading) return;
    canvas.current?.draw({ name, width, height, scale, spots: view.spots, max, radius });
  }, [name, view.spots, width, height, scale, max, radius, room, loading]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new wish scrolls, not what changes in the view.
  useEffect(() => {
    const box = view.elements.find(({ key }) => key === revealed.key)?.box;
    if (!box || !viewport.current) return;
    const middle = (box[1] + box[3] / 2) * scale;
    viewport.current.scrollTo({ top: middle - viewport.current.clientHeight / 2, behavior: 'smooth' });
  }, [revealed]);

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    onPoint(elementAt(view.elements, (event.clientX - left) / scale, (event.clientY - top) / scale)?.key ?? '');
  };
  const boxes = hasPicture ? view.elements.filter(({ key }) => key === pointed) : view.elements;
  return (
    <div className="surface-viewport" ref={viewport}>
      <div
        className={`surface ${hasPicture ? '' : 'is-sheet'} ${loading ? 'is-loading' : ''}`}
        style={{ width, height }}
        onPointerMove={point}
        onPointerLeave={() => onPoint('')}
      >
        {!loading && view.total === 0 && <p className="surface-empty">Nothing was recorded here in this time.</p>}
        {picture && (
          <img className="surface-picture" src={picture} alt="The page as it was captured" draggable={false} />
        )}
        {boxes.map((element) => (
          <Outline key={element.key} element={element} scale={scale} isPointed={element.key === pointed} />
        ))}
        <div
          className="heat"
          ref={surface}
          data-testid="heatmap-canvas"
          data-total={view.total}
          data-max={max}
          data-scale={scale}
        />
      </div>
    </div>
  );
}

function Outline({ element, scale, isPointed }: { element: PlacedElement; scale: number; isPointed: boolean }) {
  if (!element.box) return null;
  const [left, top, width, height] = element.box.map((px) => px * scale);
  return (
    <div className={`outline ${isPointed ? 'is-pointed' : ''}`} style={{ left, top, width, height }}>
      <span className="outline-name">{element.label || element.key}</span>
    </div>
  );
}
