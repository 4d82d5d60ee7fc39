import type { MapLine, MapShape } from '../../web/view/map-shape.ts';
import type { Sheet } from './sheet.ts';

const ink = 'rgb(31 28 24 / 84%)';
const font = '11px system-ui, sans-serif';
const labelHeightPx = 18;

/** Draws bands, boxes and lines over what the window shows of the page. */
export class ShapePainter {
  private readonly canvas = document.createElement('canvas');

  constructor(box: HTMLElement) {
    this.canvas.className = 'shapes';
    box.append(this.canvas);
  }

  clear(): void {
    if (this.canvas.width > 0) this.canvas.width = 0;
  }

  /** Shapes and lines in px of the sheet. */
  paint(shapes: readonly MapShape[], lines: readonly MapLine[], sheet: Sheet): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    // Sharp on screens that have more px than a page knows of. It clears, too.
    const share = devicePixelRatio;
    this.canvas.width = innerWidth * share;
    this.canvas.height = innerHeight * share;
    context.scale(share, share);
    const { clip } = sheet;
    const [left, top] = [Math.max(0, clip.left), Math.max(0, clip.top)];
    context.rect(left, top, Math.min(innerWidth, clip.right) - left, Math.min(innerHeight, clip.bottom) - top);
    context.clip();
    context.translate(sheet.left, sheet.top);
    for (const { box, color } of shapes) {
      context.fillStyle = color;
      context.fillRect(...box);
    }
    for (const line of lines) drawLine(context, line, sheet.width);
  }
}

function drawLine(
  context: CanvasRenderingContext2D,
  { y, left = 0, width, label, kind }: MapLine,
  whole: number,
): void {
  const length = width ?? whole;
  context.setLineDash(kind === 'fold' ? [6, 5] : []);
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(left + length, y);
  context.stroke();
  context.font = font;
  const labelWidth = Math.min(length, context.measureText(label).width + 16);
  const from = kind === 'fold' ? left : left + length - labelWidth;
  context.fillStyle = ink;
  context.fillRect(from, y - labelHeightPx / 2, labelWidth, labelHeightPx);
  context.fillStyle = '#fff';
  context.fillText(label, from + 8, y + 4, labelWidth - 16);
}
