import type { CDPSession, Page } from 'playwright-core';
import type { Deeds } from './counted.ts';

/** Where the page's buttons are, for a mouse that asks no script. */
export const spots = { buy: [50, 50], tell: [250, 50], go: [450, 50] } as const;

export interface ShopPage {
  /** Begins the names of its events, and the paths that it pushes. */
  name: string;
  tag: string;
  /** Markup before and after the tag. */
  before?: string;
  after?: string;
}

/**
 * A page with three buttons: one does nothing, one tells an event, one goes to the next page without a load. Each says on the
 * document's element how often it was pressed (`data-buy="1"`), as a page of today would by its own scripts.
 */
export function shopPage({ name, tag, before = '', after = '' }: ShopPage): string {
  return `<!doctype html><html><head><title>${name}</title><link rel="icon" href="data:,">
    <style>button { position: absolute; top: 20px; width: 100px; height: 60px } #buy { left: 0 } #tell { left: 200px } #go { left: 400px }</style>
    ${before}${tag}${after}</head>
    <body><button id="buy">Buy</button><button id="tell">Tell</button><button id="go">Go</button>
    <script>
      const pressed = { buy: 0, tell: 0, go: 0 };
      for (const id of ['buy', 'tell', 'go']) {
        document.getElementById(id).onclick = () => {
          document.documentElement.setAttribute('data-' + id, ++pressed[id]);
          if (id === 'tell') window.sitepulse?.('${name}-told', { times: pressed.tell });
          if (id === 'go') history.pushState({ page: pressed.go }, '', '/${name}/next-' + pressed.go);
        };
      }
    </script></body></html>`;
}

/** Presses a button by mouse alone, and waits until the page has heard it so often. No script of the page is needed for it. */
export async function press(page: Page, id: keyof typeof spots, times = 1): Promise<void> {
  const [x, y] = spots[id];
  await page.mouse.click(x, y);
  await untilTrue(page, `document.documentElement.getAttribute('data-${id}') === '${times}'`);
}

/** Presses all three: two clicks on the first page, the second of them leads to the next, and there a click tells an event. */
export async function pressAll(page: Page): Promise<void> {
  await press(page, 'buy');
  await press(page, 'go');
  await press(page, 'tell');
}

/** What that makes, where nothing of the browser is missing. */
export function allDeeds(name: string): Deeds {
  return {
    views: { [`/${name}/first`]: 1, [`/${name}/next-1`]: 1 },
    clicks: { [`/${name}/first`]: 2, [`/${name}/next-1`]: 1 },
    events: { [`${name}-told`]: 1 },
  };
}

/** Waits until an expression is true, asked by the browser's protocol: the page's own functions may be broken. */
export async function untilTrue(page: Page, expression: string): Promise<void> {
  while ((await evaluated(page, expression)) !== true);
}

/** What an expression of plain values is in the page. */
export async function evaluated(page: Page, expression: string): Promise<unknown> {
  const session = await sessionOf(page);
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, returnByValue: true });
  if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`);
  return result.value;
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** One for each page, and kept: with the end of any session the browser forgets that it was set offline. */
export function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  return session;
}
