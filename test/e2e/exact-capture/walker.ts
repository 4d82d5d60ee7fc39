import type { Page } from 'playwright-core';
import { scrollBandCount } from '../../../functions/contract/event.ts';
import { eventually } from '../product.ts';
import type { SeenClick, Witness } from './witness.ts';

/** One page view as the script made it: what the product must have counted. */
export interface MadeView {
  path: string;
  clicks: SeenClick[];
  /** Bands of the document that were on screen. */
  bands: Set<number>;
}

/** Where in an element to click, as shares of its width and height. */
type Place = [across: number, down: number];

interface Look {
  top: number;
  height: number;
  documentHeight: number;
}

const viewportWidth = 1280;
const viewportHeight = 800;
/** It sticks to the top of the screen, over whatever scrolls by. */
const headerHeight = 70;
/** Less than a screen, so that no band is jumped over. */
const wheelStepPx = 600;

/** Drives one tab as a person would, by mouse and wheel, and writes down what it does. */
export class Walker {
  readonly page: Page;
  readonly #witness: Witness;
  readonly #views: MadeView[];
  /** The element that scrolls, where the document does not. */
  #pane: string | undefined;

  constructor(page: Page, witness: Witness, views: MadeView[]) {
    this.page = page;
    this.#witness = witness;
    this.#views = views;
  }

  /** From now on the tab shows another page view. Waits until it is painted: nobody reacts to what was not yet there. */
  async view(path: string, pane?: string): Promise<void> {
    this.#views.push({ path, clicks: [], bands: new Set() });
    this.#pane = pane;
    await this.page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    });
    await this.#look();
  }

  /** Does what brings another page, and waits for its address. `act` must not wait for a load: a kept page has none. */
  async go(url: string | RegExp, act: () => Promise<unknown>): Promise<void> {
    const shown = this.page.waitForURL(url, { waitUntil: 'commit' });
    await act();
    await shown;
  }

  /** As `go`, for a whole new document, once it has loaded: only then does every page have its styles and its height. */
  async load(url: string | RegExp, act: () => Promise<unknown>): Promise<void> {
    const before = this.#witness.persisted.length;
    await this.go(url, act);
    await eventually(
      async () => this.#witness.persisted.length,
      (shown) => shown > before,
    );
  }

  /** Clicks once (or `times`, as fast as a finger can) on the element of that key, which `selector` finds. */
  async click(key: string, selector: string, [across, down]: Place, times = 1): Promise<void> {
    while (await this.#isOffScreen(selector, down));
    const spot = await this.page.evaluate(
      ([wanted, name, x, y, count]) => {
        const element = document.querySelector(wanted);
        if (!element) throw new Error(`there is no ${wanted}`);
        window.wanted = { key: name, element, times: count };
        const { left, top, width, height } = element.getBoundingClientRect();
        return { x: Math.round(left + x * width), y: Math.round(top + y * height) };
      },
      [selector, key, across, down, times] as const,
    );
    const { clicks } = this.#witness;
    const before = clicks.length;
    const view = this.#view();
    await this.page.mouse.click(spot.x, spot.y, { clickCount: times });
    await eventually(
      async () => clicks.length,
      (length) => length >= before + times,
    );
    view.clicks.push(...clicks.slice(before));
  }

  /** Turns the wheel towards the spot in `selector`. @returns false when it was on screen, or can't be brought there */
  async #isOffScreen(selector: string, down: number): Promise<boolean> {
    const { y, isHeader } = await this.page.locator(selector).evaluate((element, share) => {
      const { top, height } = element.getBoundingClientRect();
      return { y: top + share * height, isHeader: element.closest('header') !== null };
    }, down);
    if (isHeader || (y > headerHeight && y < viewportHeight - 10)) return false;
    return this.wheel(y < headerHeight ? -wheelStepPx : wheelStepPx);
  }

  /** Turns the wheel by so many px. @returns false when there was nothing left to scroll */
  async wheel(px: number): Promise<boolean> {
    const { top, height, documentHeight } = await this.#read();
    const goal = Math.min(documentHeight - height, Math.max(0, top + px));
    if (Math.abs(goal - top) < 1) return false;
    // The wheel scrolls what lies under the pointer.
    await this.page.mouse.move(viewportWidth / 2, viewportHeight / 2);
    await this.page.mouse.wheel(0, px);
    await eventually(
      () => this.#read(),
      (now) => Math.abs(now.top - goal) < 1,
    );
    await this.#look();
    return true;
  }

  async toTop(): Promise<void> {
    while (await this.wheel(-wheelStepPx));
  }

  async toBottom(): Promise<void> {
    while (await this.wheel(wheelStepPx));
  }

  /** Adds what is on screen now to the view's bands. */
  async #look(): Promise<void> {
    const { top, height, documentHeight } = await this.#read();
    const { bands } = this.#view();
    const share = (y: number) => (y / documentHeight) * scrollBandCount;
    for (let band = 0; band < scrollBandCount; band++) {
      if (share(top) < band + 1 && share(top + height) > band) bands.add(band);
    }
  }

  #read(): Promise<Look> {
    return this.page.evaluate((pane) => {
      const element = pane ? document.querySelector(pane) : document.documentElement;
      if (!element) throw new Error(`there is no ${pane}`);
      return { top: element.scrollTop, height: element.clientHeight, documentHeight: element.scrollHeight };
    }, this.#pane);
  }

  #view(): MadeView {
    const view = this.#views.at(-1);
    if (!view) throw new Error('nothing is viewed yet');
    return view;
  }
}
