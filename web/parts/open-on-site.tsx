import { useState } from 'react';
import type { SiteFacts } from '../pages/site-facts.ts';
import type { Session } from '../session.ts';
import { type MapRange, mapSpanOf } from '../view/map-range.ts';
import { overlayAddress } from '../view/overlay-address.ts';

interface Props {
  session: Session;
  site: SiteFacts;
  path: string;
  range: MapRange;
}

const opened =
  'Opened in another tab. If no panel appears there within some seconds, the page has no snippet, or its ' +
  'Content-Security-Policy has to allow the snippet’s host in script-src and the API in connect-src.';

/** Opens the page itself with its heat over it: where a login, a frame or a picture would be in the way, too. */
export function OpenOnSite({ session, site, path, range }: Props) {
  const [said, setSaid] = useState({ text: '', tone: 'quiet' });
  const fail = (text: string) => setSaid({ text, tone: 'picture-failure' });
  const open = async () => {
    // At once: a browser lets a page open a tab in answer to a click, not some time after it.
    const tab = window.open('', '_blank');
    if (!tab) {
      fail('The browser did not let a tab be opened: allow pop-ups for this dashboard.');
      return;
    }
    try {
      const address = await addressOf(session, path, mapSpanOf(range, Date.now(), site.zone));
      tab.opener = null;
      tab.location.replace(address);
      setSaid({ text: opened, tone: 'quiet' });
    } catch (error) {
      tab.close();
      fail(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button type="button" className="button" onClick={open} data-testid="open-on-site">
        Open on site
      </button>
      <p className={`open-said ${said.tone}`} role="status">
        {said.text}
      </p>
    </>
  );
}

/** @throws Error with a sentence for the reader. */
async function addressOf({ api, site }: Session, path: string, span: { from: number; to: number }): Promise<string> {
  const [pages, sites, ticket] = await Promise.all([api.pages(span), api.sites(), api.ticket()]);
  const url = pages.rows.find((row) => row.path === path)?.url;
  if (!url) throw new Error(`No address of ${path} is known in this time: choose a longer one.`);
  const origins = sites.find((one) => one.site === site)?.origins ?? [];
  const address = overlayAddress(url, ticket, origins);
  if (!address) throw new Error(`${url} is on none of the site's origins: the overlay opens on those only.`);
  return address;
}
