import type { Page } from 'playwright-core';
import type { Device } from '../../../functions/contract/record.ts';
import { openShadows } from '../overlay/overlay-stage.ts';
import type { Point } from './pairing.ts';
import { reveal, spotsNow, type TrueClick } from './truth.ts';
import { atRest } from './visit.ts';

const deviceLabel: Record<Device, string> = { desktop: 'Desktop', tablet: 'Tablet', mobile: 'Mobile' };

interface Brush {
  x: number;
  y: number;
  alpha: number;
}

/** Notes each stroke of a brush on the canvases that heat is mixed on, from their last clearing on. Nothing of the product is asked. */
async function noteBrushes(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { drawImage, clearRect } = CanvasRenderingContext2D.prototype;
    let mixing: CanvasRenderingContext2D | undefined;
    let strokes: Brush[] = [];
    CanvasRenderingContext2D.prototype.clearRect = function (...rect) {
      // The one that shows is cleared right after the one that heat is mixed on.
      if (!this.canvas.isConnected) {
        mixing = this;
        strokes = [];
      }
      clearRect.apply(this, rect);
    };
    CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...drawn: unknown[]) {
      const [brush, x, y] = drawn as [HTMLCanvasElement, number, number];
      if (this === mixing) {
        strokes.push({ x: x + brush.width / 2, y: y + brush.height / 2, alpha: this.globalAlpha });
      }
      (drawImage as (...all: unknown[]) => void).apply(this, drawn);
    };
    Object.assign(globalThis, {
      brushes: () => ({ strokes, share: mixing ? innerWidth / mixing.canvas.width : 1 }),
    });
  });
}

const panel = (page: Page) => page.getByRole('region', { name: 'SitePulse overlay' });

/** Opens the page as the dashboard does, with a ticket. */
export async function openLive(page: Page, url: string, ticket: string): Promise<void> {
  await openShadows(page);
  await noteBrushes(page);
  await page.goto(`${url}#sitepulse=${ticket}`, { waitUntil: 'networkidle' });
  await panel(page).getByText('Live', { exact: true }).first().waitFor();
}

/** Lets the overlay show what visitors on `device` did, and waits until it says how much of it it has placed. */
export async function showVisitorsOn(page: Page, device: Device, total: number): Promise<number> {
  await panel(page).getByRole('radio', { name: deviceLabel[device], exact: true }).check();
  const said = panel(page).getByText(new RegExp(`^Placed [\\d,]+ of ${total}\\.$`));
  await said.waitFor();
  return Number(/Placed ([\d,]+)/.exec((await said.textContent()) ?? '')?.[1]?.replace(',', ''));
}

/** What the overlay has drawn into the window by now, a point for each click, in px of the window. */
async function drawnNow(page: Page): Promise<Point[]> {
  const { strokes, share } = await page.evaluate<{ strokes: Brush[]; share: number }>('brushes()');
  const end = Number(await panel(page).locator('.ticks span').last().textContent());
  return strokes.flatMap(({ x, y, alpha }) =>
    Array.from({ length: Math.max(1, Math.round(alpha * end)) }, (): Point => [x * share, y * share]),
  );
}

/** What a window showed at one scroll position; px of the window. */
export interface Sight {
  /** Where clicks belong. */
  truths: Point[];
  /** Where the overlay has drawn some. */
  drawn: Point[];
  /** Where a plain model puts the same clicks: x as a share of the width, y in px of the document. */
  plain: Point[];
}

/** Scrolls from click to click until each has been in the window, if it can be, and tells what was to be seen each time. */
export async function lookAround(page: Page, clicks: readonly TrueClick[]): Promise<Sight[]> {
  const sights: Sight[] = [];
  const waiting = new Set(clicks);
  for (const click of clicks) {
    if (!waiting.delete(click)) continue;
    await page.evaluate(reveal, click.way);
    await atRest(page);
    const truths = await page.evaluate(spotsNow, [...clicks]);
    const at = await page.evaluate(() => ({ left: scrollX, top: scrollY, width: innerWidth, height: innerHeight }));
    const sight: Sight = { truths: [], drawn: await drawnNow(page), plain: [] };
    for (const [index, one] of clicks.entries()) {
      const truth = truths[index];
      if (!truth) continue;
      const [x, y] = [truth[0] - at.left, truth[1] - at.top];
      if (x < 0 || y < 0 || x > at.width || y > at.height) continue;
      sight.truths.push([x, y]);
      sight.plain.push([(one.at[0] / one.viewportWidth) * at.width - at.left, one.at[1] - at.top]);
      waiting.delete(one);
    }
    sights.push(sight);
  }
  return sights;
}

/** How many of these clicks were on what has no box in this layout, and belongs to nothing clickable that has one. */
export async function goneFrom(page: Page, clicks: readonly TrueClick[]): Promise<number> {
  return page.evaluate(
    (ways) => {
      const isGone = (element: Element | null | undefined) => !element || element.getClientRects().length === 0;
      return ways.filter((way) => {
        let element: Element | undefined = document.documentElement;
        for (const index of way) element = element?.children[index];
        return isGone(element) && isGone(element?.closest('a,button,label,summary,[role],[onclick]'));
      }).length;
    },
    clicks.map(({ way }) => way),
  );
}
