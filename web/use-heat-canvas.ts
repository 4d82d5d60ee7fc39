import { type RefObject, useEffect, useRef } from 'react';
import { HeatmapCanvas, type HeatScene } from './heatmap-canvas.ts';

/** Draws `scene` into `surface`, which `viewport` scrolls; null: not yet. */
export function useHeatCanvas(
  viewport: RefObject<HTMLElement | null>,
  surface: RefObject<HTMLElement | null>,
  scene: HeatScene | null,
): void {
  const canvas = useRef<HeatmapCanvas | null>(null);
  useEffect(() => {
    if (!surface.current || !viewport.current) return;
    const made = new HeatmapCanvas(surface.current, viewport.current);
    canvas.current = made;
    return () => {
      canvas.current = null;
      made.destroy();
    };
  }, [viewport, surface]);
  useEffect(() => {
    if (scene) canvas.current?.draw(scene);
  }, [scene]);
}
