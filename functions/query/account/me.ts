import type { MeAnswer, SignedOutAnswer } from '../../contract/account.ts';
import { ApiError } from '../api-error.ts';
import { anyRoute, userRoute } from '../route.ts';
import { instant, object, oneOf, text } from '../schema.ts';
import { addressOf } from './invitations.ts';
import { closeConnections } from './revoke.ts';
import { email } from './schemas.ts';

const example: MeAnswer = {
  kind: 'user',
  id: 'Zk3v0m5R2h8b1Yc7Qx4Nw6',
  email: 'ada@shop.example',
  mayCreateSites: true,
};

export const meRoute = anyRoute(
  {
    method: 'GET',
    path: '/v1/me',
    summary: 'Who asks',
    answer: {
      status: 200,
      description: 'A user, a key or a share link. /v1/sites tells what they see, and in which role.',
      schema: object({
        kind: oneOf(['user', 'key', 'share']),
        id: text(),
        email,
        mayCreateSites: { type: 'boolean' },
      }),
      example,
    },
  },
  async ({ caller, now }, { signIn }) => {
    const { kind, id } = caller.holder;
    if (caller.kind !== 'user' || !signIn) {
      return { status: 200, json: { kind, id, email: null, mayCreateSites: false } satisfies MeAnswer };
    }
    const address = await addressOf(caller, now, { signIn });
    const json: MeAnswer = { kind, id, email: address, mayCreateSites: signIn.mayCreateSites(caller.user) };
    return { status: 200, json };
  },
);

export const signOutRoute = userRoute(
  {
    method: 'POST',
    path: '/v1/me/sign-out',
    summary: 'Signs out everywhere',
    description:
      'Whatever access token this user’s sign-ins until now give is refused from now on, on every machine, and their WebSockets close. ' +
      'Tokens that do not tell when their user signed in (`auth_time`) go by when they were issued (`iat`): where the issuer makes such ' +
      'ones, what it keeps signed in elsewhere goes on with its next token.',
    refusals: { 503: 'A WebSocket could not be closed; the tokens are refused all the same.' },
    answer: {
      status: 200,
      description: 'Since when.',
      schema: object({ signedOutAt: instant }),
      example: { signedOutAt: 1795400000000 } satisfies SignedOutAnswer,
    },
  },
  async ({ caller: { holder }, now }, ports) => {
    await ports.users.signOut(holder.id, now);
    const closed: boolean[] = [];
    for (const site of await ports.users.sites(holder.id)) closed.push(await closeConnections(site, holder, ports));
    // Their right stands, so no push would end what was missed.
    if (closed.includes(false)) {
      throw new ApiError(
        503,
        'not-closed',
        'older tokens open nothing any more, but an open page could not be closed: try again',
      );
    }
    return { status: 200, json: { signedOutAt: now } satisfies SignedOutAnswer };
  },
);
