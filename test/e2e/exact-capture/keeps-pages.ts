import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';

/** Whether this browser keeps a page that nothing stands in the way of. */
export async function keepsPages(browser: Browser): Promise<boolean> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Plain</title><p>Plain</p>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = await browser.newContext();
  const page = await context.newPage();
  const shown: boolean[] = [];
  let tell = () => {};
  await context.exposeFunction('tellPlain', (persisted: boolean) => {
    shown.push(persisted);
    tell();
  });
  /** Playwright drops what a page tells just before it is left, so each is heard before the next step. */
  const shownTimes = (times: number) =>
    new Promise<void>((resolve) => {
      tell = () => shown.length === times && resolve();
      tell();
    });
  await context.addInitScript(() => {
    if (location.protocol === 'about:') return;
    addEventListener('pageshow', ({ persisted }) =>
      (window as unknown as { tellPlain(is: boolean): void }).tellPlain(persisted),
    );
  });
  await page.goto(`${url}/one`);
  await shownTimes(1);
  await page.goto(`${url}/two`);
  await shownTimes(2);
  await page.evaluate(() => {
    setTimeout(() => history.back());
  });
  await shownTimes(3);
  await context.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return shown[2] === true;
}
