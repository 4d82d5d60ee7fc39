import {
  type ApiKey,
  type ApiKeyCreatedAnswer,
  type ApiKeysAnswer,
  type KeyScope,
  keyScopes,
} from '../../contract/account.ts';
import { type SiteAccess, withMore, without } from '../../sites/access.ts';
import { keyOfSecret } from '../../sites/grant-key.ts';
import { formatSecret, secretBytes } from '../../sites/secret.ts';
import { ApiError } from '../api-error.ts';
import { parseBody } from '../json-body.ts';
import type { QueryPorts } from '../query-ports.ts';
import { type SiteCall, siteRoute } from '../route.ts';
import { array, object } from '../schema.ts';
import { changeAccess } from './change.ts';
import { closeConnections } from './revoke.ts';
import { keyProperties, label, removed, scope, secret } from './schemas.ts';
import { choiceOf, labelOf, onlyKnown } from './wish.ts';

const path = '/v1/sites/{site}/keys';
const key: ApiKey = {
  id: '9f2c41d07be85a36',
  label: 'Build server',
  scope: 'write',
  createdAt: 1795400000000,
  lastUsedOn: '2026-11-23',
};
const created: ApiKeyCreatedAnswer = { ...key, lastUsedOn: null, secret: 'sitepulse_Zk3v0m5R2h8b1Yc7Qx4Nw6TgPj9LsDfA' };
const createdAnswer = {
  status: 201,
  description: 'The key, with its secret.',
  schema: object({ ...keyProperties, secret }),
  example: created,
};
const full = { 409: 'The site has as many keys as it can have.' };
type Call = SiteCall<Record<never, never>>;
type StoredKey = SiteAccess['keys'][number];

export const listKeysRoute = siteRoute(
  {
    method: 'GET',
    path,
    needs: 'own',
    summary: 'The site’s API keys',
    answer: {
      status: 200,
      description: 'Without their secrets.',
      schema: object({ rows: array(object(keyProperties)) }),
      example: { rows: [key] } satisfies ApiKeysAnswer,
    },
  },
  {},
  async ({ access }, ports) => {
    const rows = access.keys.map(async ({ hash, ...shown }) => {
      const pointer = await ports.access.find('key', hash);
      return { ...shown, lastUsedOn: pointer?.lastUsedOn ?? null };
    });
    return { status: 200, json: { rows: await Promise.all(rows) } satisfies ApiKeysAnswer };
  },
);

export const addKeyRoute = siteRoute(
  {
    method: 'POST',
    path,
    needs: 'own',
    refusals: full,
    summary: 'Makes an API key',
    body: object({ label, scope }),
    answer: createdAnswer,
  },
  {},
  async (call, ports) => {
    const wish = parseBody(call.body);
    onlyKnown(wish, ['label', 'scope']);
    const { fresh, key: made } = await newKey(call, labelOf(wish), choiceOf(wish, 'scope', keyScopes), ports);
    const done = { what: 'key-added', text: `${made.label} (${made.scope})` } as const;
    await changeAccess(call, done, ports, (before) => withMore(before, 'keys', made));
    return { status: 201, json: shownOnce(made, fresh) };
  },
);

export const rotateKeyRoute = siteRoute(
  {
    method: 'POST',
    path: `${path}/{id}/rotate`,
    needs: 'own',
    summary: 'Gives an API key a new secret',
    description: 'The old secret opens nothing from then on. The key’s id changes with it.',
    answer: createdAnswer,
  },
  {},
  async (call, ports) => {
    const old = keyIn(call);
    const { fresh, key: made } = await newKey(call, old.label, old.scope, ports);
    // In one: there is no moment in which neither or both are good.
    const rotate = (before: SiteAccess) => withMore(without(before, 'keys', old.id), 'keys', made);
    await changeAccess(call, { what: 'key-rotated', text: old.label }, ports, rotate);
    await forget(call, old, ports);
    return { status: 201, json: shownOnce(made, fresh) };
  },
);

export const removeKeyRoute = siteRoute(
  {
    method: 'DELETE',
    path: `${path}/{id}`,
    needs: 'own',
    summary: 'Revokes an API key',
    description: 'It opens nothing from the next request on, and WebSockets that were opened with it close.',
    answer: { status: 200, description: 'It is gone.', schema: removed, example: { removed: key.id } },
  },
  {},
  async (call, ports) => {
    const old = keyIn(call);
    await changeAccess(call, { what: 'key-removed', text: old.label }, ports, (before) =>
      without(before, 'keys', old.id),
    );
    await forget(call, old, ports);
    return { status: 200, json: { removed: old.id } };
  },
);

function keyIn({ access, path: { id } }: Call) {
  const found = access.keys.find((one) => one.id === id);
  if (!found) throw new ApiError(404, 'not-there', 'the site has no such key');
  return found;
}

/** A key that is nowhere in force yet: its pointer alone opens nothing. */
async function newKey({ site, now }: Call, name: string, of: KeyScope, ports: QueryPorts) {
  const fresh = formatSecret('key', ports.random(secretBytes));
  const made = keyOfSecret(fresh, { label: name, scope: of, createdAt: now });
  await ports.access.point('key', made.hash, site.site, null);
  return { fresh, key: made };
}

function shownOnce({ hash: _hash, ...shown }: StoredKey, fresh: string): ApiKeyCreatedAnswer {
  return { ...shown, lastUsedOn: null, secret: fresh };
}

async function forget({ site: { site } }: Call, { id, hash }: StoredKey, ports: QueryPorts): Promise<void> {
  await ports.access.unpoint('key', hash);
  await closeConnections(site, { kind: 'key', id }, ports);
}
