import type { BrowserContext, Page, Request, Response } from 'playwright-core';
import type { Subject } from './camera.ts';
import { CaptureError } from './capture-error.ts';
import type { CaptureProxy } from './proxy.ts';

const navigationTimeoutMs = 20_000;

export interface OpenedPage {
  page: Page;
  /** To be asked once the page has settled: scripts lead away, too. @throws CaptureError when it is not the page that was asked for. */
  assertStays(): Promise<void>;
}

/**
 * Opens the page, wherever its redirects lead within the site's origins. The visit counts nothing.
 * @throws CaptureError that says why there is no page to see.
 */
export async function openPage(context: BrowserContext, proxy: CaptureProxy, subject: Subject): Promise<OpenedPage> {
  await context.addInitScript(() => {
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });
  });
  await context.route(isOurs, (route) => route.abort());
  const page = await context.newPage();
  page.on('popup', (popup) => popup.close());
  const leadsTo = await keepAtHome(page, subject);
  const response = await navigate(page, proxy, subject.url);
  assertOrigins(response.request(), subject);
  const status = response.status();
  // The proxy answers for a host that it did not reach: 403 or 502, which the site itself might answer too.
  const failure = status === 403 || status === 502 ? proxy.failures.get(new URL(response.url()).hostname) : undefined;
  if (failure) throw new CaptureError(failure.code, failure.message);
  if (status === 401 || status === 407) {
    throw new CaptureError('login-needed', `the page answered ${status}: it can only be seen after signing in`);
  }
  if (status >= 400) throw new CaptureError('status', `the page answered ${status}`);
  const type = response.headers()['content-type'] ?? 'text/html';
  if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) throw notHtml(type.split(';')[0] ?? '');
  return {
    page,
    async assertStays() {
      const { origin, protocol } = new URL(page.url());
      const away = leadsTo() ?? (/^https?:$/.test(protocol) && subject.originAllowed(origin) ? null : page.url());
      if (away !== null) throw notOurs(away);
      await assertNoLogin(page, subject.url);
    },
  };
}

/**
 * Refuses every document of another origin that the page itself would become, before it is asked for: redirects are looked at by
 * `assertOrigins`, this is about scripts and `<meta>`. Returns where the page last tried to go.
 */
async function keepAtHome(page: Page, { originAllowed }: Subject): Promise<() => string | null> {
  let away: string | null = null;
  await page.route(
    ({ origin }) => !originAllowed(origin),
    async (route) => {
      const request = route.request();
      if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return route.fallback();
      away = request.url();
      return route.abort();
    },
  );
  return () => away;
}

function notOurs(url: string): CaptureError {
  const { protocol, origin } = new URL(url);
  const where = /^https?:$/.test(protocol) ? origin : `a ${protocol} address`;
  return new CaptureError('origin-not-allowed', `the page leads to ${where}, which is not one of the site's origins`);
}

function notHtml(what: string): CaptureError {
  return new CaptureError('not-html', `the address leads to ${what}, not to a page in HTML`);
}

function isOurs(url: URL): boolean {
  return url.pathname === '/s.js' || url.pathname === '/v1/events';
}

async function navigate(page: Page, proxy: CaptureProxy, url: string): Promise<Response> {
  try {
    const response = await page.goto(url, { waitUntil: 'load', timeout: navigationTimeoutMs });
    if (response) return response;
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    for (const [host, failure] of proxy.failures) {
      // A tunnel that failed has no answer to show: the browser only says that it came to nothing.
      if (message.includes('ERR_TUNNEL_CONNECTION_FAILED') && message.includes(host)) {
        throw new CaptureError(failure.code, failure.message);
      }
    }
    if (/Download is starting/.test(message)) throw notHtml('a download');
    if (/Timeout/.test(message)) {
      throw new CaptureError('timeout', `the page did not load within ${navigationTimeoutMs / 1000} s`);
    }
    throw new CaptureError('unreachable', `the page could not be opened: ${message.replace(/^page\.goto: /, '')}`);
  }
  throw new CaptureError('unreachable', 'the address led to no document');
}

/** Every hop of the way, not the last alone. */
function assertOrigins(last: Request, { originAllowed }: Subject): void {
  for (let request: Request | null = last; request; request = request.redirectedFrom()) {
    if (!originAllowed(new URL(request.url()).origin)) throw notOurs(request.url());
  }
}

/** A page that sends a stranger to a form with a password is not the page that was asked for. */
async function assertNoLogin(page: Page, url: string): Promise<void> {
  if (new URL(page.url()).pathname === new URL(url).pathname) return;
  if ((await page.locator('input[type=password]').count()) === 0) return;
  throw new CaptureError('login-needed', `the page sends strangers to ${new URL(page.url()).pathname} to sign in`);
}
