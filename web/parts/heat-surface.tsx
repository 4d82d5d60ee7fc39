import { type MouseEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useHeatCanvas } from '../use-heat-canvas.ts';
import { useWidth } from '../use-live.ts';
import { elementAt, elementsAt } from '../view/element-at.ts';
import type { HeatmapView, PlacedElement } from '../view/heatmap-view.ts';
import type { MapDrawing } from '../view/map-drawing.ts';
import { type MapShape, shapeAt } from '../view/map-shape.ts';
import { shownBox } from '../view/placing.ts';
import { ElementsHere } from './elements-here.tsx';
import { MapOverlay } from './map-overlay.tsx';
import { SchematicPage } from './schematic-page.tsx';

interface Props {
  /** Of the map: while it stays the same, what is new blooms. */
  name: string;
  view: HeatmapView;
  drawing: MapDrawing;
  /** Object URL of the page's picture; empty while there is none. */
  picture: string;
  hasPicture: boolean;
  loading: boolean;
  /** Why nothing is drawn, where nothing is. */
  emptyText: string;
  /** Of the brush, on the screen. */
  radius: number;
  /** Key of the element that the pointer is over, here or in the table. */
  pointed: string;
  /** A new object asks to scroll to that element. */
  revealed: { key: string };
  onPoint: (key: string) => void;
  onChoose: (key: string) => void;
  onScale: (scale: number) => void;
}

interface Place {
  x: number;
  y: number;
}

/** The page's picture, or the boxes of its elements on a sheet, with the layer over it. */
export function HeatSurface(props: Props) {
  const { name, view, drawing, picture, hasPicture, loading, radius, pointed, revealed, onPoint, onScale } = props;
  const viewport = useRef<HTMLDivElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const [shape, setShape] = useState<MapShape | null>(null);
  const [picked, setPicked] = useState<Place | null>(null);
  const room = useWidth(viewport);
  const scale = room > 0 ? Math.min(1, room / view.width) : 1;
  const width = Math.round(view.width * scale);
  const height = Math.round(view.height * scale);
  const { spots, shapes, lines, end } = drawing;

  useEffect(() => {
    onScale(scale);
  }, [scale, onScale]);
  const isReady = room > 0 && !loading;
  const scene = useMemo(
    () => (isReady ? { name, width, height, scale, spots, max: end, radius } : null),
    [isReady, name, width, height, scale, spots, end, radius],
  );
  useHeatCanvas(viewport, surface, scene);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new wish scrolls, not what changes in the view.
  useEffect(() => {
    const box = view.elements.find(({ key }) => key === revealed.key)?.box;
    if (!box || !viewport.current) return;
    const middle = (box[1] + box[3] / 2) * scale;
    viewport.current.scrollTo({ top: middle - viewport.current.clientHeight / 2, behavior: 'smooth' });
  }, [revealed]);

  const placeOf = (event: MouseEvent<HTMLDivElement>): Place => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: (event.clientX - left) / scale, y: (event.clientY - top) / scale };
  };
  const point = (event: PointerEvent<HTMLDivElement>) => {
    if (picked) return;
    const { x, y } = placeOf(event);
    setShape(shapeAt(shapes, x, y));
    // Over bands, the element under the pointer is not what is read.
    if (shapes.length === 0) onPoint(elementAt(view.elements, x, y)?.key ?? '');
  };
  const pick = (event: MouseEvent<HTMLDivElement>) => {
    const isInPanel = event.target instanceof Element && event.target.closest('.elements-here') !== null;
    if (!isInPanel) setPicked(placeOf(event));
  };
  const leave = () => {
    setShape(null);
    if (!picked) onPoint('');
  };
  const close = () => {
    setPicked(null);
    onPoint('');
  };
  const outlined = view.elements.filter(({ key }) => key === pointed);
  const isEmpty = !loading && drawing.total === 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long page is scrolled by the keyboard, too, which not every browser lets by itself.
    <section className="surface-viewport" ref={viewport} aria-label="The page" tabIndex={0}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the table beside it is the way of the keyboard. */}
      <div
        className={`surface ${hasPicture ? '' : 'is-sheet'} ${loading ? 'is-loading' : ''}`}
        data-testid="surface"
        style={{ width, height }}
        onPointerMove={point}
        onPointerLeave={leave}
        onClick={pick}
      >
        {isEmpty && <p className="surface-empty">{props.emptyText}</p>}
        {picture && (
          <img className="surface-picture" src={picture} alt="The page as it was captured" draggable={false} />
        )}
        {!hasPicture && <SchematicPage elements={view.elements} scale={scale} />}
        {outlined.map((element) => (
          <Outline key={element.key} element={element} scale={scale} />
        ))}
        <div
          className="heat"
          ref={surface}
          data-testid="heatmap-canvas"
          data-total={drawing.total}
          data-max={end}
          data-scale={scale}
        />
        <MapOverlay shapes={shapes} lines={lines} pointed={shape} scale={scale} height={height} />
        {picked && (
          <ElementsHere
            key={`${picked.x} ${picked.y}`}
            elements={elementsAt(view.elements, picked.x, picked.y)}
            x={picked.x * scale}
            y={picked.y * scale}
            room={width}
            height={height}
            onPoint={onPoint}
            onChoose={props.onChoose}
            onClose={close}
          />
        )}
      </div>
    </section>
  );
}

function Outline({ element, scale }: { element: PlacedElement; scale: number }) {
  const box = shownBox(element);
  if (!box) return null;
  const [left, top, width, height] = box.map((px) => px * scale);
  return (
    <div className="outline is-pointed" style={{ left, top, width, height }}>
      <span className="outline-name">{element.label || element.key}</span>
    </div>
  );
}
