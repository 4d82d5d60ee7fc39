import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../../localstack/browser.ts';

/**
 * A browser process of its own, left as it is. Playwright makes every page of its own contexts believe that it has the focus,
 * and such a page stays visible whatever becomes of its window; it leaves the browser's first context alone when it only
 * connects.
 */
export interface OwnBrowser {
  /** The browser's first context: its pages are hidden when their window is minimised. */
  context: BrowserContext;
  /** Minimises or restores the window of one of its pages. */
  setWindow(page: Page, state: WindowState): Promise<void>;
  /** Ends the browser and all its children by SIGKILL, as a power failure does: nothing is sent any more. */
  kill(): Promise<void>;
  /** Ends it if it still lives, and removes its profile. */
  close(): Promise<void>;
}

export type WindowState = 'minimized' | 'normal';

/** How long a browser may take to say where it listens. */
const startMsMax = 30_000;

/** @param userAgent of every request that it makes, beacons of ended pages included */
export async function startOwnBrowser(userAgent: string): Promise<OwnBrowser> {
  const { executablePath, env, args } = await findBrowser();
  const profile = mkdtempSync(join(tmpdir(), 'sitepulse-browser-'));
  const own = [
    '--headless',
    '--window-size=1280,800',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    `--user-agent=${userAgent}`,
  ];
  // A process group of its own, so that all of it can be killed at one stroke.
  const child = spawn(executablePath, [...args, ...own, '--no-first-run'], {
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  const kill = async () => {
    if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
    await ended;
  };
  const browser = await connect(child).catch(async (error) => {
    await kill();
    throw error;
  });
  const [context] = browser.contexts();
  if (!context) throw new Error('the browser has no first context');
  return {
    context,
    setWindow: (page, state) => setWindow(browser, page, state),
    kill,
    async close() {
      await kill();
      // Its children may still be writing as they die.
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

async function connect(child: ChildProcess): Promise<Browser> {
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    const fail = (why: string) => reject(new Error(`the browser ${why}: ${said.slice(-500)}`));
    const late = setTimeout(() => fail('did not say where it listens'), startMsMax);
    child.once('error', reject);
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (!found) return;
      clearTimeout(late);
      resolve(found);
    });
  });
  return chromium.connectOverCDP(address, { noDefaults: true });
}

async function setWindow(browser: Browser, page: Page, windowState: WindowState): Promise<void> {
  const own = await page.context().newCDPSession(page);
  const { targetInfo } = await own.send('Target.getTargetInfo');
  const whole = await browser.newBrowserCDPSession();
  const { windowId } = await whole.send('Browser.getWindowForTarget', { targetId: targetInfo.targetId });
  await whole.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  await Promise.all([own.detach(), whole.detach()]);
}
