import { create, type HeatmapInstance } from 'heatmap.js';
import { heatStops } from '../../web/view/heat-scale.ts';
import { gatherPoints, type HeatPoint } from '../../web/view/heat-tiles.ts';
import type { Spot } from './projection.ts';

/** Heat has no sharp edges: drawn at half the size, nobody sees a difference, and a frame costs a quarter. */
const sharpness = 0.5;
const bloomMs = 1_400;
/** More new places than this at once are no clicks that one watches, but another map. */
export const bloomsMax = 40;

export interface Painting {
  spots: readonly Spot[];
  /** Of the viewport, px. */
  width: number;
  height: number;
  radius: number;
  /** The value of the full end of the scale. */
  end: number;
}

/** Draws what the viewport shows, and only that: anything that moves on the page moves its heat with the next frame. */
export class HeatPainter {
  private heat: HeatmapInstance | null = null;
  private made = '';
  private readonly box: HTMLElement;

  constructor(box: HTMLElement) {
    this.box = box;
  }

  paint({ spots, width, height, radius, end }: Painting): void {
    const size = { width: Math.ceil(width * sharpness), height: Math.ceil(height * sharpness) };
    const brush = radius * sharpness;
    this.fit(size.width, size.height);
    const points = [...gatherPoints(spots, sharpness, brush).values()];
    const data = points.filter((point) => reaches(point, size, brush)).map((point) => ({ ...point, radius: brush }));
    this.heat?.setData({ min: 0, max: Math.max(end, Number.MIN_VALUE), data });
  }

  /** Shows none. */
  clear(): void {
    this.made = '';
    this.heat = null;
    this.box.replaceChildren();
  }

  /** Something was counted here just now. */
  bloom({ x, y }: Spot): void {
    const bloom = document.createElement('span');
    bloom.className = 'bloom';
    bloom.style.left = `${x}px`;
    bloom.style.top = `${y}px`;
    this.box.append(bloom);
    bloom.animate(
      [
        { opacity: 0.9, transform: 'translate(-50%, -50%) scale(0.3)' },
        { opacity: 0, transform: 'translate(-50%, -50%) scale(1.6)' },
      ],
      { duration: bloomMs, easing: 'ease-out' },
    ).onfinish = () => bloom.remove();
  }

  private fit(width: number, height: number): void {
    const made = `${width} ${height}`;
    if (made === this.made) return;
    this.made = made;
    const container = document.createElement('div');
    container.className = 'heat';
    this.box.replaceChildren(container);
    const gradient = Object.fromEntries(heatStops);
    this.heat = create({ container, width, height, blur: 0.9, gradient, useGradientOpacity: true });
  }
}

/** A brush that only touches the edge would make heatmap.js read an empty rectangle, which throws. */
function reaches({ x, y }: HeatPoint, { width, height }: { width: number; height: number }, radius: number): boolean {
  return x > -radius && y > -radius && x < width + radius && y < height + radius;
}
