import type { Page } from 'playwright-core';

const quietTimeoutMs = 4_000;
const imagesTimeoutMs = 4_000;
const restTimeoutMs = 2_000;

/**
 * Brings the page into the state in which a reader has scrolled through it: what loads when it comes into view is loaded.
 * A page that never rests is taken as it is when the bounds are up.
 */
export async function settle(page: Page, heightMax: number): Promise<void> {
  await quiet(page);
  await page.evaluate(scrollThrough, heightMax);
  await page.evaluate(picturesLoaded, imagesTimeoutMs);
  await quiet(page);
  await page.evaluate(cameToRest, restTimeoutMs);
}

async function quiet(page: Page): Promise<void> {
  // Not resting is no failure: feeds and players never do.
  await page.waitForLoadState('networkidle', { timeout: quietTimeoutMs }).catch(() => undefined);
}

/** Runs in the page. Step by step, a frame each, as observers of visibility only see what has been painted. */
async function scrollThrough(heightMax: number): Promise<void> {
  const painted = () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
  const bottom = () => Math.min(document.documentElement.scrollHeight, heightMax);
  for (let top = 0; top < bottom(); top += Math.max(200, innerHeight / 2)) {
    scrollTo({ top, behavior: 'instant' });
    await painted();
  }
  scrollTo({ top: 0, behavior: 'instant' });
  await painted();
}

/** Runs in the page. */
async function picturesLoaded(timeoutMs: number): Promise<void> {
  const late = new Promise<void>((done) => setTimeout(done, timeoutMs));
  const loaded = [...document.images]
    .filter((image) => !image.complete)
    .map(
      (image) =>
        new Promise<void>((done) => {
          image.addEventListener('load', () => done(), { once: true });
          image.addEventListener('error', () => done(), { once: true });
        }),
    );
  await Promise.race([Promise.all([...loaded, document.fonts.ready]), late]);
}

/**
 * Runs in the page: what the way back to the top set in motion (a header that grows again) has ended, and what never ends stands as it
 * began. The picture would show it so anyway; the boxes are to be those of the picture.
 */
async function cameToRest(timeoutMs: number): Promise<void> {
  const late = new Promise<void>((done) => setTimeout(done, timeoutMs));
  const isEndless = ({ effect }: Animation) => effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
  const moving = document.getAnimations().filter((animation) => !isEndless(animation));
  await Promise.race([Promise.all(moving.map(({ finished }) => finished.catch(() => undefined))), late]);
  for (const animation of document.getAnimations()) if (isEndless(animation)) animation.cancel();
}
