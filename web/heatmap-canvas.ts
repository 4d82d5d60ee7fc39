/**
 * Draws heat. The only file that touches heatmap.js. The surface is cut into tiles, of which only those near the visible part
 * hold a canvas; a tile is drawn anew, within one frame, when what it shows has changed. So the map never flashes, and a page
 * of 12,000 px costs what its visible part costs.
 */
import { create, type HeatmapInstance } from 'heatmap.js';
import { heatStops } from './view/heat-scale.ts';
import {
  gatherPoints,
  grownPoints,
  type HeatPoint,
  pointsByTile,
  tileHeightPx,
  withoutGrowth,
} from './view/heat-tiles.ts';
import type { Spot } from './view/heatmap-view.ts';

export interface HeatScene {
  /** Changes when another map is drawn: then nothing blooms. */
  name: string;
  /** Size on the screen, in px. */
  width: number;
  height: number;
  /** Screen px per px of the surface. */
  scale: number;
  spots: readonly Spot[];
  /** The value of the full end of the scale. */
  max: number;
  radius: number;
}

interface Tile {
  box: HTMLElement;
  visible: boolean;
  heat: HeatmapInstance | null;
  points: HeatPoint[];
  drawn: string;
}

/** More new places than this at once are no clicks that one watches, but a resync. */
const bloomsMax = 40;
const bloomMs = 1_400;
/** New heat is there after so many frames: 0.4 s on most screens. */
const fadeFrames = 24;

export class HeatmapCanvas {
  private readonly surface: HTMLElement;
  private readonly observer: IntersectionObserver;
  private tiles: Tile[] = [];
  private scene: HeatScene | null = null;
  private frame = 0;
  private points: ReadonlyMap<number, HeatPoint> = new Map();

  /** `surface` is filled with tiles; `viewport` is what scrolls it. */
  constructor(surface: HTMLElement, viewport: HTMLElement) {
    this.surface = surface;
    this.observer = new IntersectionObserver((entries) => this.seen(entries), {
      root: viewport,
      rootMargin: '50% 0px',
    });
  }

  draw(scene: HeatScene): void {
    const before = this.scene;
    const sameSize = before?.width === scene.width && before.height === scene.height;
    const sameMap = sameSize && before.name === scene.name;
    this.scene = scene;
    if (!sameSize) this.cut(scene);
    const points = gatherPoints(scene.spots, scene.scale, scene.radius);
    const grown = sameMap ? grownPoints(this.points, points, bloomsMax + 1) : [];
    this.points = points;
    cancelAnimationFrame(this.frame);
    if (grown.length === 0 || grown.length > bloomsMax) this.place(scene, points.values());
    else {
      this.bloom(grown);
      this.fadeIn(scene, grown, 1);
    }
  }

  /** What has grown comes in step by step, and nothing else is touched: only tiles that it reaches into are drawn anew. */
  private fadeIn(scene: HeatScene, grown: readonly HeatPoint[], step: number): void {
    this.place(scene, withoutGrowth(this.points.values(), grown, 1 - step / fadeFrames));
    if (step < fadeFrames) this.frame = requestAnimationFrame(() => this.fadeIn(scene, grown, step + 1));
  }

  private place({ width, height, radius }: HeatScene, points: Iterable<HeatPoint>): void {
    const byTile = pointsByTile(points, height, width, radius);
    for (const [index, tile] of this.tiles.entries()) {
      tile.points = byTile[index] ?? [];
      if (tile.visible) this.drawTile(tile);
    }
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.surface.replaceChildren();
    this.tiles = [];
  }

  private cut({ width, height }: HeatScene): void {
    this.observer.disconnect();
    this.tiles = [];
    this.surface.replaceChildren();
    for (let top = 0; top < height; top += tileHeightPx) {
      const box = document.createElement('div');
      box.className = 'heat-tile';
      box.style.top = `${top}px`;
      box.style.width = `${width}px`;
      box.style.height = `${Math.min(tileHeightPx, height - top)}px`;
      this.surface.append(box);
      this.tiles.push({ box, visible: false, heat: null, points: [], drawn: '' });
      this.observer.observe(box);
    }
  }

  private seen(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const tile = this.tiles.find(({ box }) => box === target);
      if (!tile) continue;
      tile.visible = isIntersecting;
      if (isIntersecting) this.drawTile(tile);
      else this.release(tile);
    }
  }

  /** A canvas out of sight is memory for nothing. */
  private release(tile: Tile): void {
    tile.heat = null;
    tile.drawn = '';
    tile.box.replaceChildren();
  }

  private drawTile(tile: Tile): void {
    if (!this.scene) return;
    const { max, radius } = this.scene;
    const drawn = `${max} ${radius} ${fingerprint(tile.points)}`;
    if (drawn === tile.drawn) return;
    tile.drawn = drawn;
    if (!tile.heat) {
      if (tile.points.length === 0) return;
      // heatmap.js positions its container, which the tile's own position must survive.
      const container = document.createElement('div');
      tile.box.replaceChildren(container);
      tile.heat = makeHeat(
        container,
        Number.parseFloat(tile.box.style.width),
        Number.parseFloat(tile.box.style.height),
      );
    }
    setPoints(tile.heat, tile.points, max, radius);
  }

  private bloom(grown: HeatPoint[]): void {
    if (grown.length > bloomsMax) return;
    for (const { x, y } of grown) {
      const bloom = document.createElement('span');
      bloom.className = 'heat-bloom';
      bloom.style.left = `${x}px`;
      bloom.style.top = `${y}px`;
      this.surface.append(bloom);
      setTimeout(() => bloom.remove(), bloomMs);
    }
  }
}

function makeHeat(container: HTMLElement, width: number, height: number): HeatmapInstance {
  return create({
    container,
    width,
    height,
    blur: 0.9,
    gradient: Object.fromEntries(heatStops),
    useGradientOpacity: true,
  });
}

function setPoints(heat: HeatmapInstance, points: readonly HeatPoint[], max: number, radius: number): void {
  const data = points.map(({ x, y, value }) => ({ x, y, value, radius }));
  heat.setData({ min: 0, max: Math.max(max, Number.MIN_VALUE), data });
}

/** Paints a whole map, tile after tile, with the upper left corner of its surface at the context's origin. */
export function paintHeat(context: CanvasRenderingContext2D, scene: HeatScene): void {
  const { width, height, radius, max, scale } = scene;
  const points = gatherPoints(scene.spots, scale, radius).values();
  for (const [index, tile] of pointsByTile(points, height, width, radius).entries()) {
    if (tile.length === 0) continue;
    const top = index * tileHeightPx;
    const container = document.createElement('div');
    setPoints(makeHeat(container, width, Math.min(tileHeightPx, height - top)), tile, max, radius);
    const canvas = container.querySelector('canvas');
    if (canvas) context.drawImage(canvas, 0, top);
  }
}

/** Two lists of points with the same fingerprint look the same: their number, and a sum that every place and value sways. */
function fingerprint(points: readonly HeatPoint[]): string {
  let sum = 0;
  for (const { x, y, value } of points) sum = (Math.imul(sum, 31) + x * 7 + y * 131 + value * 17) | 0;
  return `${points.length} ${sum}`;
}
