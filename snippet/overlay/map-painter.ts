/** Draws one layer over the page, wherever its elements and panes are with each frame. */
import type { HeatElement } from '../../web/view/element-heat.ts';
import { formatFigure, formatTotal } from '../../web/view/figure-format.ts';
import { densities } from '../../web/view/heat-density.ts';
import { type ScaleEnd, scaleEndOf } from '../../web/view/heat-scale.ts';
import { factsOf } from '../../web/view/layer.ts';
import { mapDrawing } from '../../web/view/map-drawing.ts';
import { mapLegend } from '../../web/view/map-legend.ts';
import { tapHeat } from '../../web/view/tap-heat.ts';
import { ElementTracker } from './element-tracker.ts';
import { fadeFrames, fadeIn } from './fade.ts';
import { Growth } from './growth.ts';
import { HeatPainter } from './heat-painter.ts';
import type { PageHeat } from './heat-source.ts';
import { make } from './panel-element.ts';
import type { Figures } from './panel-figures.ts';
import { grown, type Heated, placedOf, project } from './projection.ts';
import { ShapePainter } from './shape-painter.ts';
import { panesOnSheet, placedOnSheet, sheetNow } from './sheet.ts';
import { withUntouched } from './untouched.ts';
import type { View } from './view.ts';

interface Shown extends PageHeat {
  elements: readonly HeatElement[];
  view: View;
}

const nothing = 'Nothing was counted here in this time.';

export class MapPainter {
  private readonly tracker = new ElementTracker();
  private readonly growth = new Growth();
  private readonly heat: HeatPainter;
  private readonly shapes: ShapePainter;
  private shown: Shown | null = null;
  private isChanged = false;
  /** Of the map as it was last worked out, with what sizes its elements had. */
  private whole: { scale: ScaleEnd; figures: Figures } | null = null;
  private sizes = '';
  private window = '';
  /** What has just been counted, and how many frames it has been fading in. */
  private growing: readonly Heated[] = [];
  private frames = fadeFrames;

  /** `stage` is as large as the window. */
  constructor(stage: HTMLElement) {
    const layer = make('div', { class: 'layer' });
    stage.append(layer);
    this.heat = new HeatPainter(layer);
    this.shapes = new ShapePainter(stage);
  }

  take(heat: PageHeat, view: View): void {
    const { layer } = view;
    const elements =
      layer === 'tap' ? tapHeat(heat.elements) : layer === 'underused' ? withUntouched(heat.elements) : heat.elements;
    const { drawn } = factsOf(layer);
    const tracked =
      drawn === 'bands'
        ? (heat.scroll?.panes ?? [])
        : elements.filter(({ cells }) => drawn === 'boxes' || cells.size > 0);
    this.shown = { ...heat, elements, view };
    this.tracker.track(tracked.map(({ key }) => key));
    this.isChanged = true;
  }

  /** Draws, if anything has changed or moved since it last did. @returns what is to be said of it then */
  draw(): Figures | null {
    const window = `${innerWidth} ${innerHeight} ${scrollX} ${scrollY} ${document.documentElement.scrollHeight}`;
    const hasMoved = this.tracker.measure(performance.now()) || window !== this.window;
    this.window = window;
    const isFading = this.frames < fadeFrames;
    if (!this.shown || !(this.isChanged || hasMoved || isFading)) return null;
    const isNew = this.isChanged;
    this.isChanged = false;
    return factsOf(this.shown.view.layer).drawn === 'cells'
      ? this.drawCells(this.shown, isNew)
      : this.drawShapes(this.shown);
  }

  close(): void {
    this.tracker.close();
  }

  private drawCells({ elements, view }: Shown, isNew: boolean): Figures {
    const facts = factsOf(view.layer);
    const { brushPx: radius, scaleEndMin, unit } = facts;
    const { showingOf, sizes } = this.tracker;
    // The same wherever the page is scrolled to, and not worked out for each frame.
    if (isNew || !this.whole || sizes !== this.sizes) {
      const scale = scaleEndOf(densities(project(elements, showingOf), radius), null, scaleEndMin);
      const { placed, total } = placedOf(elements, showingOf);
      const said = `Placed ${formatFigure(unit, placed)} of ${formatFigure(unit, total)}.`;
      const figures = { placed: total === 0 ? nothing : said, legend: mapLegend(facts, scale, radius) };
      this.whole = { scale, figures };
      this.sizes = sizes;
    }
    const { scale, figures } = this.whole;
    const window = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    if (isNew) this.bloom(elements, view, window);
    this.frames = Math.min(fadeFrames, this.frames + 1);
    const isThere = this.frames === fadeFrames;
    const faded = isThere ? elements : fadeIn(elements, this.growing, this.frames / fadeFrames);
    const spots = project(faded, showingOf, grown(window, radius));
    this.heat.paint({ spots, width: innerWidth, height: innerHeight, radius, end: scale.end });
    this.shapes.clear();
    return figures;
  }

  private bloom(elements: readonly HeatElement[], view: View, window: Parameters<typeof project>[2]): void {
    const growing = this.growth.since(JSON.stringify(view), elements);
    if (growing.length === 0) return;
    this.growing = growing;
    this.frames = 0;
    for (const spot of project(growing, this.tracker.showingOf, window)) this.heat.bloom(spot);
  }

  private drawShapes({ elements, scroll, isComplete, view: { layer } }: Shown): Figures {
    const sheet = sheetNow();
    const { showingOf } = this.tracker;
    const { drawn } = factsOf(layer);
    const panes = panesOnSheet(scroll?.panes ?? [], sheet, showingOf);
    const placed = drawn === 'boxes' ? placedOnSheet(elements, sheet, showingOf) : [];
    const none = { spots: [], total: 0, placed: { exact: 0, fallback: 0, none: 0 } };
    const surface = { ...none, width: sheet.width, height: sheet.height, elements: placed };
    const wish = { layer, view: surface, scroll, panes, isComplete, fixedAt: null, brushPx: 0 };
    const { shapes, lines, total, ...scale } = mapDrawing(wish);
    this.heat.clear();
    this.shapes.paint(shapes, lines, sheet);
    const legend = mapLegend(factsOf(layer), scale, 0);
    return { placed: saidOf({ layer, total, shown: shapes.length, panes: panes.length, isComplete }), legend };
  }
}

interface Said {
  layer: View['layer'];
  total: number;
  shown: number;
  panes: number;
  isComplete: boolean;
}

function saidOf({ layer, total, shown, panes, isComplete }: Said): string {
  if (layer === 'underused' && !isComplete) return 'This page has more elements than are counted one by one.';
  if (total === 0) return layer === 'underused' ? 'No element was left alone.' : nothing;
  const facts = factsOf(layer);
  const said = formatTotal(facts, total).join(' ');
  if (facts.drawn === 'boxes') return `Placed ${shown} of ${said}.`;
  const own = panes === 1 ? 'a pane has bands of its own' : `${panes} panes have bands of their own`;
  return panes === 0 ? `${said}.` : `${said}; ${own}.`;
}
