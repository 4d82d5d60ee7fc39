import type { TicketAnswer } from '../contract/answer.ts';
import type { ConnectionStore, Ticket } from '../push/connection-store.ts';
import { rightOf } from '../sites/access.ts';
import type { AccessStore } from '../sites/access-store.ts';
import type { UserStore } from '../sites/user-store.ts';
import { siteRoute } from './route.ts';
import { object, text } from './schema.ts';

export const ticketsRoute = siteRoute(
  {
    method: 'POST',
    path: '/v1/sites/{site}/tickets',
    forOverlays: true,
    summary: 'A ticket that opens the WebSocket, or the overlay on a page',
    description:
      'A browser can send no header with a WebSocket, so the bearer buys a ticket: one use, within 60 s, as `?ticket=`. The same ' +
      'ticket opens the overlay instead, as the end of a page’s hash (`#sitepulse=…`). Bought with an overlay’s token, it opens ' +
      'the WebSocket alone, and for as long as that token has left.',
    answer: {
      status: 201,
      description: 'The ticket.',
      schema: object({ ticket: text() }),
      example: { ticket: 'f3b1c2d4e5f60718293a4b5c6d7e8f90' } satisfies TicketAnswer,
    },
  },
  {},
  async ({ site, now, until, caller }, ports) => {
    const opens = { site: site.site, until, by: caller.holder, ofOverlay: caller.kind === 'overlay' };
    const ticket = await ports.connections.issueTicket(opens, now);
    return { status: 201, json: { ticket } satisfies TicketAnswer };
  },
);

export interface TicketPorts {
  connections: Pick<ConnectionStore, 'redeemTicket'>;
  access: Pick<AccessStore, 'read'>;
  users: Pick<UserStore, 'signedOutAt'>;
}

/** Uses a ticket up. Null: it opens nothing, or whoever bought it has no right any more or has signed out everywhere since. */
export async function redeemed(ticket: string, now: number, ports: TicketPorts): Promise<Ticket | null> {
  const opens = await ports.connections.redeemTicket(ticket, now);
  return opens && (await stillStands(opens, now, ports)) ? opens : null;
}

export async function stillStands(
  { site, by, issuedAt }: Ticket & { issuedAt: number },
  now: number,
  { access, users }: Pick<TicketPorts, 'access' | 'users'>,
): Promise<boolean> {
  if (!rightOf(await access.read(site), by, now)) return false;
  return by.kind !== 'user' || issuedAt >= (await users.signedOutAt(by.id));
}
