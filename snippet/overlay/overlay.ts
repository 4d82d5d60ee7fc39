/** `overlay.js`: loaded by `s.js` where the address brought a dashboard's ticket, and never otherwise. */
import { notMe, tellOwnBrowser } from './own-browser.ts';
import { Session } from './session.ts';

const own = document.currentScript as HTMLScriptElement;
const { origin, hash, pathname } = new URL(own.src);
const folder = origin + pathname.replace(/[^/]*$/, '');
// Whoever looks at the page finds neither the ticket nor a trace of how it came.
own.remove();
const snippet = [...document.scripts].find(({ src, dataset }) => dataset.site && src.startsWith(folder));
const { site: writeKey, endpoint, hash: hasHash } = snippet?.dataset ?? {};
if (hash.slice(1) === notMe) {
  tellOwnBrowser();
} else if (writeKey) {
  const apiUrl = new URL(endpoint || '/v1/events', snippet?.src).origin;
  new Session({ apiUrl, writeKey, ticket: hash.slice(1), hasHash: hasHash !== undefined });
} else {
  console.error('SitePulse: the overlay did not open, because the script element of s.js is no longer in the page.');
}
