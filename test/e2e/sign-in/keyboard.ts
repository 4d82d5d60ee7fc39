import type { Page } from 'playwright-core';

/** What is wrong for whoever has the keyboard alone, a line each; empty: nothing. */
export interface Walk {
  /** What the focus came by, in order. */
  stops: string[];
  faults: string[];
}

interface Stop {
  /** `the same`: as before. Null: the focus has left the page, or has come back to where it has been. */
  what: string | null;
  fault: string;
}

/** More than any page needs: a walk of more is a trap. */
const pressesMax = 400;

/** Presses Tab from the top of the page to its end, and looks at each stop. */
export async function walk(page: Page): Promise<Walk> {
  await page.evaluate(start);
  const stops: string[] = [];
  const faults: string[] = [];
  for (let presses = 0; presses < pressesMax; presses++) {
    await page.keyboard.press('Tab');
    const { what, fault } = await page.evaluate(look);
    // A date has a stop for its day, month and year.
    if (what === 'the same') continue;
    if (what === null) return { stops, faults: [...faults, ...(await page.evaluate(leftOut))] };
    stops.push(what);
    if (fault) faults.push(`${what}: ${fault}`);
  }
  return { stops, faults: [...faults, `the focus does not leave the page after ${pressesMax} presses`] };
}

/** In the page: from its very beginning, with nothing walked yet. */
function start(): void {
  for (const one of document.querySelectorAll('[data-walked]')) one.removeAttribute('data-walked');
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  scrollTo(0, 0);
  // Where a walk begins is where something was clicked or focused last.
  const first = document.createElement('i');
  first.tabIndex = -1;
  document.body.prepend(first);
  first.focus();
  first.remove();
}

/** In the page: where the focus is, and what is wrong with it there. */
function look(): Stop {
  const now = document.activeElement;
  if (!(now instanceof HTMLElement) || now === document.body) return { what: null, fault: '' };
  if (now.dataset.walked) return { what: now.dataset.walked === 'last' ? 'the same' : null, fault: '' };
  document.querySelector<HTMLElement>('[data-walked="last"]')?.setAttribute('data-walked', 'before');
  const said = now.getAttribute('aria-label') ?? (now as HTMLInputElement).labels?.[0]?.innerText ?? now.innerText;
  const what = `${now.localName} "${(said || now.className).trim().replace(/\s+/g, ' ').slice(0, 50)}"`;
  // Of radio buttons one is a stop, and arrows lead to the others.
  if (now instanceof HTMLInputElement && now.type === 'radio') {
    for (const one of document.getElementsByName(now.name)) one.dataset.walked = 'before';
  }
  now.dataset.walked = 'last';
  // What is hidden is shown by its label.
  const shown = [now, ...((now as HTMLInputElement).labels ?? [])].find((one) => one.getBoundingClientRect().width > 2);
  if (!shown) return { what, fault: 'cannot be seen' };
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 1) return { what, fault: 'does not show the focus' };
  if (now.tabIndex > 0) return { what, fault: `has a tabindex of ${now.tabIndex}` };
  const { left, top, right, bottom } = shown.getBoundingClientRect();
  const middle = [
    Math.max(0, left) / 2 + Math.min(innerWidth, right) / 2,
    Math.max(0, top) / 2 + Math.min(innerHeight, bottom) / 2,
  ] as const;
  const there = document.elementFromPoint(...middle);
  const isSeen = there !== null && (shown.contains(there) || there.contains(shown));
  return { what, fault: isSeen ? '' : `is under ${there?.className || there?.localName || 'the edge of the window'}` };
}

/** In the page: what a mouse can use and the walk did not come by. */
function leftOut(): string[] {
  const controls = 'a[href],button,input,select,textarea,summary,[role="button"],[role="tab"],[tabindex]';
  const isUsable = (one: Element) =>
    one.checkVisibility({ visibilityProperty: true }) && !one.matches(':disabled,[tabindex="-1"]');
  const missed = [...document.querySelectorAll<HTMLElement>(controls)].filter(
    (one) => isUsable(one) && !one.dataset.walked,
  );
  const mouseOnly = [...document.querySelectorAll('body *')].filter(
    (one) =>
      isUsable(one) &&
      getComputedStyle(one).cursor === 'pointer' &&
      !one.closest(`${controls},label`) &&
      one.parentElement !== null &&
      getComputedStyle(one.parentElement).cursor !== 'pointer',
  );
  const named = (one: Element) => `${one.localName} "${(one.textContent || one.className).trim().slice(0, 50)}"`;
  return [
    ...missed.map((one) => `${named(one)} is not reached`),
    ...mouseOnly.map((one) => `${named(one)} is for the mouse alone`),
  ];
}
