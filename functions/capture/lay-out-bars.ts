import type { Page } from 'playwright-core';

/**
 * Puts what follows the window where it belongs in a picture of the whole page: what sticks goes back into the flow, a bar or a button
 * at the bottom of the window comes to the bottom of the page, and what is at the top stays, as it is at first. So none of it stands in
 * the middle of the picture, over content. Boxes are read after this, so that they are those of the picture. `heightMax` px of it.
 */
export async function layOutBars(page: Page, heightMax: number): Promise<void> {
  await page.evaluate(layOutInPage, heightMax);
}

/** Runs in the page, which is scrolled to its top. */
function layOutInPage(heightMax: number): void {
  const positioned = (position: string) =>
    [...document.querySelectorAll<HTMLElement>('body *')].filter((one) => getComputedStyle(one).position === position);
  const set = (element: HTMLElement, styles: Record<string, string>) => {
    for (const [name, value] of Object.entries({ transition: 'none', ...styles })) {
      element.style.setProperty(name, value, 'important');
    }
  };
  for (const element of positioned('sticky')) set(element, { position: 'relative', inset: 'auto' });

  const down = Math.min(document.documentElement.scrollHeight, heightMax) - innerHeight;
  if (down <= 0) return;
  const moved: HTMLElement[] = [];
  for (const element of positioned('fixed')) {
    const { top, height } = element.getBoundingClientRect();
    // Sheets and side bars belong to no end of the page; what is in a bar that was moved went with it.
    const isBar = height > 0 && height < innerHeight * 0.6 && top + height / 2 > innerHeight / 2;
    if (!isBar || moved.some((bar) => bar.contains(element))) continue;
    const [x = '0px', y = '0px'] = getComputedStyle(element).translate.replace('none', '').split(' ').filter(Boolean);
    set(element, { translate: `${x} calc(${y} + ${down}px)` });
    moved.push(element);
  }
}
