import {
  type NewShare,
  passwordLengthMax,
  passwordLengthMin,
  type Share,
  type ShareCreatedAnswer,
  type SharesAnswer,
  shareDaysMax,
} from '../../contract/account.ts';
import { dayMs } from '../../contract/time-unit.ts';
import { passwordSaltBytes, sealPassword } from '../../identity/share-password.ts';
import { withMore, without } from '../../sites/access.ts';
import { formatSecret, hashSecret, idOfHash, secretBytes } from '../../sites/secret.ts';
import { ApiError } from '../api-error.ts';
import { parseBody, textOf } from '../json-body.ts';
import { siteRoute } from '../route.ts';
import { array, object } from '../schema.ts';
import { changeAccess } from './change.ts';
import { closeConnections } from './revoke.ts';
import { label, removed, secret, shareProperties } from './schemas.ts';
import { labelOf, onlyKnown, wholeNumberOf } from './wish.ts';

const path = '/v1/sites/{site}/shares';
const share: Share = {
  id: '9f2c41d07be85a36',
  label: 'For the board',
  createdAt: 1795400000000,
  expiresAt: 1797992000000,
  hasPassword: true,
};

export const listSharesRoute = siteRoute(
  {
    method: 'GET',
    path,
    needs: 'own',
    summary: 'The site’s share links',
    answer: {
      status: 200,
      description: 'Without their secrets.',
      schema: object({ rows: array(object(shareProperties)) }),
      example: { rows: [share] } satisfies SharesAnswer,
    },
  },
  {},
  async ({ access, now }) => {
    const standing = access.shares.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
    const rows = standing.map(({ hash: _hash, password, ...shown }) => ({ ...shown, hasPassword: password !== null }));
    return { status: 200, json: { rows } satisfies SharesAnswer };
  },
);

export const addShareRoute = siteRoute(
  {
    method: 'POST',
    path,
    needs: 'own',
    refusals: { 409: 'The site has as many share links as it can have.' },
    summary: 'Makes a share link',
    description:
      'Whoever has the link (`<dashboard>/#share=<secret>`), and its password where it has one, sees the site’s dashboard and can ' +
      'change nothing.',
    body: object(
      {
        label,
        days: { type: 'integer', minimum: 1, maximum: shareDaysMax, description: 'Left out: until it is revoked.' },
        password: {
          type: 'string',
          maxLength: passwordLengthMax,
          description: `From ${passwordLengthMin} characters.`,
        },
      },
      ['days', 'password'],
    ),
    answer: {
      status: 201,
      description: 'The link, with its secret.',
      schema: object({ ...shareProperties, secret }),
      example: { ...share, secret: 'link_Zk3v0m5R2h8b1Yc7Qx4Nw6TgPj9LsDfA' } satisfies ShareCreatedAnswer,
    },
  },
  {},
  async (call, ports) => {
    const wish = parseShareWish(call.body);
    const fresh = formatSecret('share', ports.random(secretBytes));
    const hash = hashSecret(fresh);
    const expiresAt = wish.days === undefined ? null : call.now + wish.days * dayMs;
    const password =
      wish.password === undefined ? null : await sealPassword(wish.password, ports.random(passwordSaltBytes));
    const made = { id: idOfHash(hash), label: wish.label, createdAt: call.now, expiresAt };
    await ports.access.point('share', hash, call.site.site, expiresAt);
    await changeAccess(call, { what: 'share-added', text: made.label }, ports, (access) => {
      const shares = access.shares.filter((one) => one.expiresAt === null || one.expiresAt > call.now);
      return withMore({ ...access, shares }, 'shares', { ...made, hash, password });
    });
    const json: ShareCreatedAnswer = { ...made, hasPassword: password !== null, secret: fresh };
    return { status: 201, json };
  },
);

export const removeShareRoute = siteRoute(
  {
    method: 'DELETE',
    path: `${path}/{id}`,
    needs: 'own',
    summary: 'Revokes a share link',
    description: 'It opens nothing from the next request on, and WebSockets that were opened with it close.',
    answer: { status: 200, description: 'It is gone.', schema: removed, example: { removed: share.id } },
  },
  {},
  async (call, ports) => {
    const old = call.access.shares.find(({ id }) => id === call.path.id);
    if (!old) throw new ApiError(404, 'not-there', 'the site has no such share link');
    await changeAccess(call, { what: 'share-removed', text: old.label }, ports, (access) =>
      without(access, 'shares', old.id),
    );
    await ports.access.unpoint('share', old.hash);
    await closeConnections(call.site.site, { kind: 'share', id: old.id }, ports);
    return { status: 200, json: { removed: old.id } };
  },
);

function parseShareWish(body: string): NewShare {
  const wish = parseBody(body);
  onlyKnown(wish, ['label', 'days', 'password']);
  const password = textOf(wish, 'password');
  if (password !== undefined && (password.length < passwordLengthMin || password.length > passwordLengthMax)) {
    throw new ApiError(
      400,
      'bad-password',
      `the password has ${password.length} characters, not ${passwordLengthMin} to ${passwordLengthMax}`,
    );
  }
  return {
    label: labelOf(wish),
    ...(wish.days === undefined ? {} : { days: wholeNumberOf(wish, 'days', 1, shareDaysMax) }),
    ...(password === undefined ? {} : { password }),
  };
}
