/** A whole map as one PNG: the page, the layer over it, and what its colours mean. */
import { paintHeat } from './heatmap-canvas.ts';
import { brushRadius } from './view/heat-scale.ts';
import type { HeatmapView } from './view/heatmap-view.ts';
import type { LayerFacts } from './view/layer.ts';
import type { MapDrawing } from './view/map-drawing.ts';
import { mapLegend } from './view/map-legend.ts';
import { headHeight, legendHeight, type PictureLayout, pictureLayout } from './view/picture-layout.ts';

export interface PictureWish {
  facts: LayerFacts;
  view: HeatmapView;
  drawing: MapDrawing;
  /** Object URL of the page's picture; '' where there is none. */
  picture: string;
  title: string;
  /** Range, device, total and so on: what a reader needs to know a year later. */
  lines: readonly string[];
  /** How the scale's end came about. */
  scaleText: string;
}

/** Radius of the brush in px of the page: the drawing is to be made with it. */
export function pictureBrushPx({ facts, view }: Pick<PictureWish, 'facts' | 'view'>): number {
  const { scale } = pictureLayout(view);
  return brushRadius(facts, scale) / scale;
}

const ink = '#1f1c18';
const faint = '#5d564c';
const margin = 16;

/** @throws Error when the page's picture can't be read, or the browser makes no PNG. */
export async function mapPicture(wish: PictureWish): Promise<Blob> {
  const layout = pictureLayout(wish.view);
  const canvas = document.createElement('canvas');
  canvas.width = layout.width;
  canvas.height = layout.height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser gives no canvas to draw on');
  context.fillStyle = '#fffdf9';
  context.fillRect(0, 0, layout.width, layout.height);
  drawHead(context, wish, layout);
  context.save();
  context.translate(0, headHeight);
  context.beginPath();
  context.rect(0, 0, layout.mapWidth, layout.mapHeight);
  context.clip();
  await drawPage(context, wish, layout);
  drawLayer(context, wish, layout);
  context.restore();
  drawLegend(context, wish, layout);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error(`the browser makes no PNG of ${layout.width} × ${layout.height} px`);
  return blob;
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  font: string,
  color: string,
): void {
  context.font = `${font} Inter, system-ui, sans-serif`;
  context.fillStyle = color;
  context.fillText(text, x, y, Math.max(1, context.canvas.width - x - margin));
}

function drawHead(context: CanvasRenderingContext2D, { title, lines }: PictureWish, { scale }: PictureLayout): void {
  const small = scale < 1 ? [`The page is drawn at ${Math.floor(scale * 100)}% of its size, to fit a picture.`] : [];
  write(context, title, margin, 28, '600 17px', ink);
  for (const [index, line] of [...lines, ...small].entries()) {
    write(context, line, margin, 48 + index * 16, '12px', faint);
  }
}

async function drawPage(context: CanvasRenderingContext2D, wish: PictureWish, layout: PictureLayout): Promise<void> {
  const { picture, view } = wish;
  if (picture !== '') {
    const image = new Image();
    image.src = picture;
    await image.decode();
    context.filter = 'saturate(0.55)';
    context.drawImage(image, 0, 0, layout.mapWidth, layout.mapHeight);
    context.filter = 'none';
    return;
  }
  context.fillStyle = '#faf8f4';
  context.fillRect(0, 0, layout.mapWidth, layout.mapHeight);
  context.strokeStyle = 'rgba(90, 75, 50, 0.28)';
  for (const { box } of view.elements) {
    if (box) context.strokeRect(...scaled(box, layout.scale));
  }
}

function drawLayer(context: CanvasRenderingContext2D, { facts, drawing }: PictureWish, layout: PictureLayout): void {
  const { scale, mapWidth: width, mapHeight: height } = layout;
  for (const { box, color } of drawing.shapes) {
    context.fillStyle = color;
    context.fillRect(...scaled(box, scale));
  }
  const radius = brushRadius(facts, scale);
  const { spots, end: max } = drawing;
  if (spots.length > 0) paintHeat(context, { name: '', width, height, scale, spots, max, radius });
  for (const { y, left: from = 0, width: length, label, kind } of drawing.lines) {
    const to = length === undefined ? width : (from + length) * scale;
    context.strokeStyle = ink;
    context.lineWidth = 2;
    context.setLineDash(kind === 'fold' ? [6, 5] : []);
    context.beginPath();
    context.moveTo(from * scale, y * scale);
    context.lineTo(to, y * scale);
    context.stroke();
    context.font = '12px Inter, system-ui, sans-serif';
    const labelWidth = context.measureText(label).width + 12;
    const left = kind === 'fold' ? from * scale + margin : to - margin - labelWidth;
    context.fillStyle = ink;
    context.fillRect(left, y * scale - 9, labelWidth, 18);
    context.fillStyle = '#fff';
    context.fillText(label, left + 6, y * scale + 4);
  }
}

function drawLegend(context: CanvasRenderingContext2D, wish: PictureWish, layout: PictureLayout): void {
  const { title, stops, ticks } = mapLegend(wish.facts, wish.drawing, Math.round(pictureBrushPx(wish)));
  const top = layout.height - legendHeight;
  write(context, `${title} · ${wish.scaleText}`, margin, top + 22, '600 12px', ink);
  const width = Math.min(360, layout.width - 2 * margin);
  const gradient = context.createLinearGradient(margin, 0, margin + width, 0);
  for (const { position, color } of stops) gradient.addColorStop(position, color);
  context.fillStyle = gradient;
  context.fillRect(margin, top + 32, width, 10);
  for (const { position, text } of ticks) {
    const end = margin + position * width;
    write(context, text, position === 1 ? end - context.measureText(text).width : end, top + 58, '12px', faint);
  }
}

function scaled(box: readonly [number, number, number, number], scale: number): [number, number, number, number] {
  const [x, y, width, height] = box;
  return [x * scale, y * scale, width * scale, height * scale];
}
