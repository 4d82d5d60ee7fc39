import type { OverlayTokenAnswer } from '../contract/answer.ts';
import { originAllowed } from '../contract/origin.ts';
import type { SiteConfig } from '../contract/site.ts';
import { overlayMs } from '../push/watch-time.ts';
import { ApiError } from './api-error.ts';
import { parseBody, textOf } from './json-body.ts';
import { missing } from './parameters.ts';
import type { QueryPorts } from './query-ports.ts';
import type { Route } from './route.ts';
import { count, object, text } from './schema.ts';
import { redeemed } from './tickets.ts';

/** Longer ones are not looked up: they may be longer than a key can be. */
const secretLengthMax = 200;

/**
 * The ticket is all that the caller has to show: it was bought with a key a moment ago. The write key, which every page of the
 * site bears, only says whose pages may read the answer, also of a ticket that opens nothing.
 */
export const overlayTokenRoute: Route = {
  method: 'POST',
  path: '/v1/overlay-token',
  summary: 'A token for the overlay on a page, for a ticket',
  description:
    'Asked by the overlay, from a page of one of the site’s origins (403 from elsewhere). The token reads the heat of that site’s ' +
    'pages for 15 minutes, and nothing else. A ticket that was used, is over 60 s old or was bought by an overlay is answered 403.',
  body: object({
    key: text('The site’s write key, as in `data-site`.'),
    ticket: text('From /v1/sites/{site}/tickets.'),
  }),
  answer: {
    status: 201,
    description: 'The token.',
    schema: object({
      token: text('Send it as the bearer.'),
      forMs: { ...count, description: 'It ends after so many ms.' },
      site: text(),
      name: text(),
      zone: text('IANA time zone of the site’s hours and days.'),
      socketUrl: text('The WebSocket’s address; a ticket opens it.'),
    }),
    example: {
      token: 'overlay_Zk3v0m5R2h8b1Yc7Qx4Nw6TgPj9LsDfA',
      forMs: overlayMs,
      site: 'demo',
      name: 'Demo shop',
      zone: 'Europe/Berlin',
      socketUrl: 'wss://a1b2c3.execute-api.eu-central-1.amazonaws.com/live',
    } satisfies OverlayTokenAnswer,
  },
  access: 'public',
  query: [],
  pagesOf: ({ body }, ports) => siteOfWriteKey(textOf(parseBody(body), 'key') ?? '', ports),
  async handle({ body, origin, now }, ports) {
    const given = parseBody(body);
    const key = textOf(given, 'key') ?? missing('key', "the site's write key");
    const ticket = textOf(given, 'ticket') ?? missing('ticket', 'a ticket of the dashboard');
    const site = await siteOfWriteKey(key, ports);
    if (!site || !originAllowed(origin ?? '', site.origins)) {
      throw new ApiError(403, 'foreign-origin', 'overlays open on pages of the site’s own origins only');
    }
    const opens = ticket.length > secretLengthMax ? null : await redeemed(ticket, now, ports);
    if (!opens || opens.ofOverlay || opens.site !== site.site)
      throw new ApiError(403, 'bad-ticket', 'this ticket was used already or is over a minute old');
    // Of a share link that ends sooner, so does what it opened.
    const until = Math.min(now + overlayMs, opens.until ?? Number.POSITIVE_INFINITY);
    const token = await ports.tokens.issue({ kind: 'overlay', site: site.site, until, by: opens.by });
    const { name, zone } = site;
    const json: OverlayTokenAnswer = {
      token,
      forMs: until - now,
      site: site.site,
      name,
      zone,
      socketUrl: ports.socketUrl,
    };
    return { status: 201, json };
  },
};

async function siteOfWriteKey(key: string, { sites }: Pick<QueryPorts, 'sites'>): Promise<SiteConfig | null> {
  return key === '' || key.length > secretLengthMax ? null : sites.byWriteKey(key);
}
