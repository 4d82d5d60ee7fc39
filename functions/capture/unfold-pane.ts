import type { Page } from 'playwright-core';

/**
 * Where a pane scrolls instead of the document (mail, dashboards), makes the window so high that the pane shows all it holds, for a
 * picture of the whole page. A pane whose height does not follow the window's stays as it is. Viewport height at most `heightMax` px.
 */
export async function unfoldPane(page: Page, heightMax: number): Promise<void> {
  const before = page.viewportSize();
  if (!before) return;
  const hidden = await page.evaluate(hiddenInPane);
  if (hidden === 0) return;
  await page.setViewportSize({ width: before.width, height: Math.min(heightMax, before.height + hidden) });
  if ((await page.evaluate(hiddenInPane)) >= hidden) await page.setViewportSize(before);
  await page.evaluate(stoodStill, { looks: 10, looksMax: 60, everyMs: 50 });
}

/** Runs in the page: scripts answer a new size of the window in their own time, and what stands where is asked for after that. */
async function stoodStill({ looks, looksMax, everyMs }: Record<'looks' | 'looksMax' | 'everyMs', number>) {
  const layout = () =>
    [...document.querySelectorAll('*')]
      .map((each) => `${each.getBoundingClientRect().top} ${each.clientHeight}`)
      .join();
  for (let before = layout(), same = 0, look = 0; same < looks && look < looksMax; look++) {
    await new Promise((done) => setTimeout(done, everyMs));
    const now = layout();
    same = now === before ? same + 1 : 0;
    before = now;
  }
}

/** Runs in the page: how many px the pane in the middle of the window holds beyond what it shows; 0 where the document scrolls. */
function hiddenInPane(): number {
  const root = document.documentElement;
  if (root.scrollHeight > innerHeight) return 0;
  let at = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  while (at && (at.scrollHeight <= at.clientHeight || !/auto|scroll/.test(getComputedStyle(at).overflowY))) {
    at = at.parentElement;
  }
  return at ? at.scrollHeight - at.clientHeight : 0;
}
