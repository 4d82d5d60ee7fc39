import type { WriteKeyAnswer, WriteKeysAnswer } from '../../contract/account.ts';
import { AccessRefusal, withMore, without } from '../../sites/access.ts';
import type { QueryPorts } from '../query-ports.ts';
import { siteRoute } from '../route.ts';
import { array, instant, object, text } from '../schema.ts';
import { changeAccess, freshId } from './change.ts';
import { removed } from './schemas.ts';

const path = '/v1/sites/{site}/write-keys';
const properties = { id: text('The key itself, as in `data-site`: it is public.'), createdAt: instant };
const key: WriteKeyAnswer = { id: 'w_Zk3v0m5R2h8b', createdAt: 1795400000000 };

export const listWriteKeysRoute = siteRoute(
  {
    method: 'GET',
    path,
    needs: 'write',
    summary: 'The keys with which the site’s pages send',
    answer: {
      status: 200,
      description: 'Oldest first.',
      schema: object({ rows: array(object(properties)) }),
      example: { rows: [key] } satisfies WriteKeysAnswer,
    },
  },
  {},
  async ({ access }) => ({ status: 200, json: { rows: access.writeKeys } satisfies WriteKeysAnswer }),
);

export const addWriteKeyRoute = siteRoute(
  {
    method: 'POST',
    path,
    needs: 'own',
    refusals: { 409: 'The site has as many write keys as it can have.' },
    summary: 'Makes another write key',
    description: 'The older ones go on until they are removed: put the new one into all pages first.',
    answer: { status: 201, description: 'The key.', schema: object(properties), example: key },
  },
  {},
  async (call, ports) => {
    const made: WriteKeyAnswer = { id: newWriteKey(ports.random), createdAt: call.now };
    const done = { what: 'write-key-added', text: made.id } as const;
    await changeAccess(call, done, ports, (access) => withMore(access, 'writeKeys', made));
    await ports.sites.addWriteKey(call.site.site, made.id);
    return { status: 201, json: made };
  },
);

export const removeWriteKeyRoute = siteRoute(
  {
    method: 'DELETE',
    path: `${path}/{id}`,
    needs: 'own',
    refusals: { 409: 'It is the last one.' },
    summary: 'Removes a write key',
    description: 'Pages that still have it are refused within seconds.',
    answer: { status: 200, description: 'It is gone.', schema: removed, example: { removed: key.id } },
  },
  {},
  async (call, ports) => {
    const id = call.path.id ?? '';
    await changeAccess(call, { what: 'write-key-removed', text: id }, ports, (access) => {
      const next = without(access, 'writeKeys', id);
      if (next.writeKeys.length > 0) return next;
      throw new AccessRefusal('last-write-key', 'no page could send any more: make another write key first');
    });
    await ports.sites.removeWriteKey(id);
    return { status: 200, json: { removed: id } };
  },
);

export function newWriteKey(random: QueryPorts['random']): string {
  return `w_${freshId(random)}`;
}
