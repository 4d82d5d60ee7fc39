import { createHash } from 'node:crypto';
import type { LocalPerson } from './local-people.ts';

const logo = `<svg class="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><rect width="32" height="32" rx="9" fill="var(--accent-fill)"/><path d="M4 17h6l3-8 5 15 3.5-10 1.5 3h5" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** Looks like the dashboard, whose styles it takes: they stand on the same origin. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} · SitePulse</title>
    <link rel="stylesheet" href="/styles.css">
    <script src="/apply-theme.js"></script>
  </head>
  <body>
    <main class="key-page">${body}</main>
  </body>
</html>
`;
}

/** One button each; the form goes back to the page's own address. */
export function loginPage(people: readonly LocalPerson[]): string {
  const buttons = people.map(
    ({ id, button, email }, at) =>
      `<button class="button ${at === 0 ? 'button-strong' : ''}" name="person" value="${id}"${at === 0 ? ' autofocus' : ''}>${button}<small>${email}</small></button>`,
  );
  return page(
    'Sign in',
    `<form class="card key-form" method="post">${logo}<h1>Sign in on this machine</h1>
      <p>SitePulse runs on your own computer, so no password is asked for. On AWS, Cognito or your own provider stands here.</p>
      ${buttons.join('\n      ')}
    </form>`,
  );
}

/** Sends the form of `leavingPage`; the page's policy allows this text alone. */
const sendAtOnce = "document.forms[0].requestSubmit(document.querySelector('button'))";

/**
 * @param form the library's form, which ends the session when it is sent
 * @param isMeant whoever sends here has shown that it is the dashboard: nobody is asked again
 */
export function leavingPage(form: string, isMeant: boolean): string {
  return page(
    'Sign out',
    `<div class="card key-form">${logo}<h1>Sign out of SitePulse?</h1>${form}
      <button class="button button-strong" form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
    </div>${isMeant ? `<script>${sendAtOnce}</script>` : ''}`,
  );
}

/** @param reason a sentence of ours or of the library; whatever a request put into it is escaped */
export function faultPage(reason: string): string {
  const text = reason.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return page(
    'Sign-in failed',
    `<div class="card key-form">${logo}<h1>Sign-in failed</h1><p role="alert">${text}</p><p><a class="button" href="/">Back to the dashboard</a></p></div>`,
  );
}

/** What pages of the issuer may do. @param dashboards where its forms lead to in the end: a redirect counts, too */
export function pagePolicy(dashboards: readonly string[]): string {
  const origins = dashboards.map((dashboard) => new URL(dashboard).origin).join(' ');
  const hash = createHash('sha256').update(sendAtOnce).digest('base64');
  return `default-src 'none'; style-src 'self'; script-src 'self' 'sha256-${hash}'; form-action 'self' ${origins}; frame-ancestors 'none'; base-uri 'none'`;
}
