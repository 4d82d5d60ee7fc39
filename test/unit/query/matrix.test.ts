import { describe, expect, it } from 'vitest';
import { memorySocket } from '../../../functions/push/socket.memory.ts';
import { openApiDocument } from '../../../functions/query/openapi.ts';
import { routes } from '../../../functions/query/routes.ts';
import { hear, openSocket } from '../../../functions/query/socket.ts';
import { memoryRenewals, type SocketPorts } from '../../../functions/query/socket-ports.ts';
import { tickLimit } from '../../../functions/query/tick-limit.ts';
import { noAccess } from '../../../functions/sites/access.ts';
import { now } from './demo-api.ts';
import { type Asker, foreigners, matrixWorld } from './matrix-world.ts';

type Requirement = Record<string, string[]>;
interface Operation {
  security?: Requirement[];
  responses: Record<string, unknown>;
}

const { paths } = openApiDocument(routes) as { paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** Whoever adds to these decides on purpose that everybody may ask. */
const openToAll = ['GET /v1/openapi.json', 'POST /v1/overlay-token', 'POST /v1/share-tokens'];

/** What the document says that such a caller is answered: let in, or refused with which status. */
function expected(
  security: Requirement[],
  { standing }: Asker,
  isForeign: boolean,
  isOfSite: boolean,
): 'in' | 401 | 403 {
  if (!standing) return 401;
  const opens = security.some((requirement) => {
    const roles = requirement[standing.scheme];
    if (!roles) return false;
    return isOfSite ? !isForeign && roles.every((role) => standing.roles.includes(role)) : true;
  });
  return opens ? 'in' : 403;
}

describe('every route × everybody', () => {
  it('is told by the OpenAPI document: no route is without a rule, and none is open to all but by name', () => {
    expect(operations.filter(({ operation }) => !operation.security).map(({ path }) => path)).toEqual([]);
    const open = operations.filter(({ operation }) => operation.security?.length === 0);
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(openToAll);
  });

  it('lets whoever may only read change nothing: they buy a ticket, no more', () => {
    const changing = routes.filter(({ method, access }) => method !== 'GET' && access === 'read');
    expect(changing.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1/sites/{site}/tickets']);
  });

  it.each(operations.map((one) => [`${one.method} ${one.path}`, one] as const))(
    '%s',
    async (_name, { method, path, operation: { security = [], responses } }) => {
      const names = (await matrixWorld()).askers.length + 2;
      const isOfSite = path.startsWith('/v1/sites/{site}');
      const address = path.replace('{site}', 'demo').replace(/\{\w+\}/g, 'x');
      const wrong: string[] = [];
      for (let index = 0; index < names; index++) {
        // A world for each: a request that is let in may end the right of another.
        const world = await matrixWorld();
        const strangers = await foreigners(world);
        const asker = [...world.askers, ...strangers][index] as Asker;
        const body = method === 'GET' || method === 'DELETE' ? undefined : {};
        const { statusCode, json } = await world.ask(address, { method, key: asker.bearer, body });
        const isIn =
          ![401, 403, 404, 405].includes(statusCode) || (statusCode === 404 && json.error.code !== 'unknown-site');
        const wanted = security.length === 0 ? 'in' : expected(security, asker, strangers.includes(asker), isOfSite);
        const got = isIn ? 'in' : statusCode;
        if (got !== wanted || statusCode >= 500)
          wrong.push(`${asker.name}: ${got}, not ${wanted} (${JSON.stringify(json)})`);
        // What is answered is documented.
        if (!(statusCode in responses)) wrong.push(`${asker.name}: ${statusCode} is not in the document`);
      }
      expect(wrong).toEqual([]);
    },
  );
});

/** What somebody may have come to the socket, or to a page’s overlay, with. */
async function ticketed() {
  const world = await matrixWorld();
  const { connections, access } = world.ports;
  const socket = memorySocket();
  const ports: SocketPorts = { ...world.ports, socket, ticks: tickLimit(4_000), renewals: memoryRenewals() };
  const buy = async (name: string, site = 'demo') => {
    const asker = [...world.askers, ...(await foreigners(world))].find((one) => one.name === name);
    const { json } = await world.ask(`/v1/sites/${site}/tickets`, {
      method: 'POST',
      key: asker?.bearer ?? '',
      body: {},
    });
    return json.ticket as string;
  };
  const revoke = () => access.change('demo', () => noAccess);
  const overlay = async (ticket: string) => {
    const body = { key: 'write-demo', ticket };
    const more = { method: 'POST', key: '', origin: 'https://shop.example', body };
    return (await world.ask('/v1/overlay-token', more)).statusCode;
  };
  return { ...world, connections, ports, socket, buy, revoke, overlay };
}

describe('every ticket × the socket and the overlay', () => {
  const used = async ({ ports, buy }: Awaited<ReturnType<typeof ticketed>>) => {
    const ticket = await buy('the owner');
    await openSocket('first', ticket, now, ports);
    return ticket;
  };
  type World = Awaited<ReturnType<typeof ticketed>>;
  it.each<[string, (world: World) => Promise<string>, socket: number, overlay: number]>([
    ['none', async () => '', 401, 400],
    ['a made-up one', async () => 'made-up', 403, 403],
    ['the owner’s', ({ buy }) => buy('the owner'), 200, 201],
    ['a viewer’s', ({ buy }) => buy('a viewer'), 200, 201],
    ['a key’s', ({ buy }) => buy('a key that may read'), 200, 201],
    ['a share link’s', ({ buy }) => buy('a share link'), 200, 201],
    ['an overlay’s', ({ buy }) => buy('an overlay'), 200, 403],
    ['a used one', used, 403, 403],
    ['one of another site', ({ buy }) => buy('a key of another site', 'other'), 200, 403],
    [
      'one whose buyer’s right was revoked since',
      async ({ buy, revoke }) => {
        const ticket = await buy('a viewer');
        await revoke();
        return ticket;
      },
      403,
      403,
    ],
  ])('%s', async (_name, make, atSocket, atOverlay) => {
    const forSocket = await ticketed();
    const id = 'connection';
    expect(await openSocket(id, await make(forSocket), now, forSocket.ports)).toBe(atSocket);
    // A ticket opens its own site, whatever it is shown to.
    const opened = await forSocket.connections.find(id);
    expect(opened?.site).toBe(atSocket === 200 ? (_name.includes('another site') ? 'other' : 'demo') : undefined);
    const forOverlay = await ticketed();
    expect(await forOverlay.overlay(await make(forOverlay))).toBe(atOverlay);
  });

  it.each([{ op: 'watch', view: 'live' }, { op: 'snapshot' }, { op: 'tick' }])(
    '%j is answered to whoever’s right stands, and to nobody else',
    async (said) => {
      const heard = async (revoked: boolean, at: number) => {
        const { ports, buy, revoke, socket } = await ticketed();
        await openSocket('c', await buy('a share link'), now, ports);
        await hear('c', JSON.stringify({ op: 'watch', view: 'live' }), now, ports);
        socket.sent.clear();
        if (revoked) await revoke();
        ports.renewals.forget('c');
        await hear('c', JSON.stringify(said), at, ports);
        return (socket.sent.get('c') ?? []).map((message) => JSON.parse(message)).map(({ type, code }) => code ?? type);
      };
      const answers = said.op === 'tick' ? [] : ['snapshot'];
      expect([...new Set(await heard(false, now + 1_000))]).toEqual(answers);
      expect(await heard(true, now + 1_000)).toEqual(['gone']);
      // Its time is over: a connection ends with the bearer that its ticket was bought with.
      expect(await heard(false, now + 700_000)).toEqual(['gone']);
      const { ports, socket } = await ticketed();
      await hear('stranger', JSON.stringify(said), now, ports);
      expect(socket.sent.get('stranger')?.map((message) => JSON.parse(message).code)).toEqual(['gone']);
    },
  );
});
