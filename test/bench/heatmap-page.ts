/** Runs in the browser that `heatmap.ts` starts: draws a made-up map of a long page, and scrolls over it. */
import { MapPainter } from '../../snippet/overlay/map-painter.ts';
import { HeatmapCanvas } from '../../web/heatmap-canvas.ts';
import { type HeatElement, noCounts } from '../../web/view/element-heat.ts';
import { brushRadius } from '../../web/view/heat-scale.ts';
import { heatmapView } from '../../web/view/heatmap-view.ts';
import { factsOf } from '../../web/view/layer.ts';
import { mapDrawing } from '../../web/view/map-drawing.ts';

export const pageHeightPx = 20_000;
const pageWidthPx = 1280;
const elementCount = 400;
/** As many cells as an answer of the API holds. */
const cellsMax = 100_000;

/** Clicks gather at the middle of elements, and most elements are clicked little. */
function elements(clicks: number): HeatElement[] {
  let seed = 7;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const made = Array.from({ length: elementCount }, (_, index): HeatElement => {
    const box: HeatElement['box'] = [random() * 900, (index * pageHeightPx) / elementCount, 120 + random() * 260, 44];
    const names = { key: `#e${index}`, label: '', clickable: true };
    return { ...names, box, viewportWidth: pageWidthPx, cells: new Map(), counts: { ...noCounts } };
  });
  let cells = 0;
  for (let click = 0; click < clicks; click++) {
    const element = made[Math.floor(random() ** 2 * elementCount)];
    if (!element) continue;
    const middling = () => Math.floor(((random() + random() + random()) / 3) * 512) * 8;
    let cell = middling() * 4096 + middling();
    if (!element.cells.has(cell) && ++cells > cellsMax) cell = element.cells.keys().next().value ?? cell;
    element.cells.set(cell, (element.cells.get(cell) ?? 0) + 1);
  }
  return made;
}

const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** ms from counters in memory to what is on the screen, `runs` times; and how many cells there are. */
async function draw(clicks: number, runs: number): Promise<{ cells: number; placeMs: number[]; drawMs: number[] }> {
  const made = elements(clicks);
  const viewport = document.querySelector<HTMLElement>('#viewport');
  if (!viewport) throw new Error('the page has no viewport');
  const placeMs: number[] = [];
  const drawMs: number[] = [];
  const facts = factsOf('click');
  const radius = brushRadius(facts, 1);
  for (let run = 0; run < runs; run++) {
    const surface = document.createElement('div');
    surface.style.cssText = `position:relative;width:${pageWidthPx}px;height:${pageHeightPx}px`;
    viewport.replaceChildren(surface);
    viewport.scrollTop = 0;
    const canvas = new HeatmapCanvas(surface, viewport);
    const size = { width: pageWidthPx, height: pageHeightPx };
    const started = performance.now();
    const view = { ...heatmapView(made, null, 'desktop'), ...size };
    const wish = { layer: 'click', view, scroll: null, isComplete: true, fixedAt: null, brushPx: radius } as const;
    const { spots, end } = mapDrawing(wish);
    const placed = performance.now();
    canvas.draw({ name: '', ...size, scale: 1, spots, max: end, radius });
    // The tiles in sight are drawn once the browser has said which those are.
    while (!surface.querySelector('canvas')) await frame();
    placeMs.push(placed - started);
    drawMs.push(performance.now() - placed);
  }
  return { cells: made.reduce((sum, { cells }) => sum + cells.size, 0), placeMs, drawMs };
}

/** Time between frames, in ms, while the page scrolls from end to end, `stepPx` each frame. */
async function scroll(stepPx: number): Promise<number[]> {
  const viewport = document.querySelector<HTMLElement>('#viewport');
  if (!viewport) throw new Error('the page has no viewport');
  const gaps: number[] = [];
  let last = await frame();
  for (let top = 0; top < pageHeightPx; top += stepPx) {
    viewport.scrollTop = top;
    const now = await frame();
    gaps.push(now - last);
    last = now;
  }
  return gaps;
}

/**
 * The same for the overlay: a page that long with an element for each of the map's, the window scrolled `stepPx` each frame. The
 * overlay measures every element and draws anew with each frame.
 */
async function scrollUnderOverlay(clicks: number, stepPx: number): Promise<number[]> {
  const made = elements(clicks);
  const page = document.createElement('div');
  page.style.cssText = `position:relative;width:${pageWidthPx}px;height:${pageHeightPx}px`;
  for (const { key, box } of made) {
    const element = document.createElement('button');
    element.id = key.slice(1).replace(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)));
    const [left, top, width, height] = box ?? [0, 0, 0, 0];
    element.style.cssText = `position:absolute;left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
    page.append(element);
  }
  const stage = document.createElement('div');
  stage.style.cssText = 'position:fixed;inset:0;overflow:hidden;pointer-events:none';
  document.body.replaceChildren(page, stage);
  const painter = new MapPainter(stage);
  const named = made.map((element, index) => ({ ...element, key: `#${page.children[index]?.id}` }));
  const view = { path: '/', device: 'desktop', layer: 'click', range: 'today', isLive: false } as const;
  painter.take({ elements: named, scroll: null, isComplete: true }, view);
  painter.draw();
  if (!stage.querySelector('canvas')?.width) throw new Error('the overlay drew nothing');
  const gaps: number[] = [];
  let last = await frame();
  for (let top = 0; top < pageHeightPx; top += stepPx) {
    scrollTo(0, top);
    painter.draw();
    const now = await frame();
    gaps.push(now - last);
    last = now;
  }
  painter.close();
  return gaps;
}

Object.assign(globalThis, { heatmapBench: { draw, scroll, scrollUnderOverlay } });
