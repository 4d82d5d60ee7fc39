import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { kind } from '../../../functions/contract/event.ts';
import { zoneAtNoon } from '../exact-capture/zone-at-noon.ts';
import { type Product, startBrowser, startProduct, visitorContext } from '../product.ts';
import { type Attempt, type Gate, openGate, taken, tells } from './gate.ts';

export interface FaultStage {
  product: Product;
  browser: Browser;
  gate: Gate;
  context: BrowserContext;
  page: Page;
  /** What was thrown in the page and caught by nobody, rejected promises included. */
  thrown: string[];
}

/** The whole product for the tests of a file; for each test a gate of its own and a visitor's tab. */
export function faultStage(): FaultStage {
  const at = {} as FaultStage;
  beforeAll(async () => {
    // The site takes its zone from the machine: no test may stretch over two days.
    process.env.TZ = zoneAtNoon(new Date());
    [at.product, at.browser] = await Promise.all([startProduct(), startBrowser({ hasBackForwardCache: true })]);
  });
  afterAll(async () => {
    await at.browser?.close();
    await at.product?.close();
  });
  beforeEach(async () => {
    at.gate = await openGate(at.product);
    // The agent that the browser has on its command line, too: beacons of a closed tab carry that one.
    at.context = await visitorContext(at.browser, 146);
    at.page = await at.context.newPage();
    at.thrown = thrownIn(at.page);
  });
  afterEach(async () => {
    await at.context?.close();
    await at.gate?.close();
  });
  return at;
}

/** Collects what a page throws from now on. */
export function thrownIn(page: Page): string[] {
  const thrown: string[] = [];
  page.on('pageerror', ({ message }) => thrown.push(message));
  return thrown;
}

/** Opens the page, and waits until its view has been answered. */
export async function openAnswered({ gate, page }: FaultStage, path: string): Promise<void> {
  const answered = page.waitForResponse(
    (response) => response.url().endsWith('/v1/events') && response.status() === 202,
  );
  await page.goto(gate.siteUrl + path);
  await (await answered).finished();
}

/** Closes the tab as a person does, and waits until the product has taken its leaving. */
export async function closeTab({ gate, page }: FaultStage): Promise<void> {
  const leaves = (attempts: Attempt[]) => taken(attempts).filter(({ batch }) => tells(batch, kind.leave)).length;
  const before = leaves(gate.attempts);
  await page.close({ runBeforeUnload: true });
  await gate.until((attempts) => leaves(attempts) > before);
}
