/**
 * The WebSocket door: lets a dashboard in by its ticket, and answers what it asks. A watch is stored before its snapshot is
 * read, so that nothing counted in between is missed; a second snapshot follows when the processor must have learnt of the watch.
 */
import type { ErrorMessage } from '../contract/live.ts';
import { configAt, type SiteConfig } from '../contract/site.ts';
import { localDay } from '../contract/time-unit.ts';
import type { Connection } from '../push/connection-store.ts';
import { snapshotMessages } from '../push/messages.ts';
import { rightOf } from '../sites/access.ts';
import { parseClientMessage } from './client-message.ts';
import { sendTick } from './fresh-progress.ts';
import { readSnapshot } from './snapshot.ts';
import type { SocketPorts } from './socket-ports.ts';
import { stillStands } from './tickets.ts';
import { topicsOf, type View, viewOfTopics, viewOfWatch } from './view.ts';

/** The processor believes its list of watchers for 1 s: after this it has read a list with the new one in it. */
export const watchersTurnoverMs = 1_200;

/** The status that answers `$connect`: 200 opens, anything else refuses. */
export async function openSocket(
  id: string,
  ticket: string | undefined,
  now: number,
  ports: Pick<SocketPorts, 'connections' | 'access' | 'users'>,
): Promise<200 | 401 | 403> {
  if (!ticket) return 401;
  const { connections } = ports;
  const opens = await connections.redeemTicket(ticket, now);
  if (!opens) return 403;
  // First it is known, then its right is looked at: whoever takes that away meanwhile finds it, and closes it.
  await connections.connect({ id, site: opens.site, topics: [], by: opens.by }, now, opens.until);
  if (await stillStands(opens, now, ports)) return 200;
  await connections.disconnect(id);
  return 403;
}

export async function closeSocket(
  id: string,
  { connections, renewals }: Pick<SocketPorts, 'connections' | 'renewals'>,
): Promise<void> {
  renewals.forget(id);
  await connections.disconnect(id);
}

/** `now`: when the message came. Resolves when all that it asked for was sent, or its connection is gone. */
export async function hear(id: string, text: string, now: number, ports: SocketPorts): Promise<void> {
  const said = parseClientMessage(text);
  if ('type' in said) return refuse(id, said, ports);
  if (said.op === 'tick') return tick(id, now, ports);
  const connection = await ports.connections.find(id);
  if (!connection) return gone(id, ports);
  if (said.op === 'watch') return watch(connection, viewOfWatch(said), now, ports);
  const view = viewOfTopics(connection.topics);
  if (!view) return refuse(id, error('bad-message', 'there is nothing to resync: send a watch first'), ports);
  // Renewed with the topics of today, so that a dashboard that is open over midnight goes on.
  const site = await renew(connection, view, now, ports);
  if (site) await sendSnapshot(id, { view, site, number: now }, now, ports);
}

async function watch(connection: Connection, view: View, now: number, ports: SocketPorts): Promise<void> {
  const site = await renew(connection, view, now, ports);
  if (!site || !(await sendSnapshot(connection.id, { view, site, number: 1 }, now, ports))) return;
  await ports.sleep(watchersTurnoverMs);
  const later = now + watchersTurnoverMs;
  await sendSnapshot(connection.id, { view, site, number: 2 }, later, ports);
  // The next push brings the feed rows that were told before the watch was known: the tick brings that push.
  await sendTick(connection.site, later, ports);
}

/** Stores what the connection looks at, as of now; null: it is gone, and was told. */
async function renew(
  { id, site, by }: Connection,
  view: View,
  now: number,
  ports: SocketPorts,
): Promise<SiteConfig | null> {
  const [stored, access] = await Promise.all([ports.sites.current(site), ports.access.read(site)]);
  const config = stored && rightOf(access, by, now) ? configAt(stored, now) : null;
  const topics = config && topicsOf(view, site, localDay(now, config.zone));
  if (topics && (await ports.connections.watch(id, topics, now))) {
    ports.renewals.renewed(id, site, now);
    return config;
  }
  await gone(id, ports);
  return null;
}

/** False: the connection is gone. */
async function sendSnapshot(
  id: string,
  { view, site, number }: { view: View; site: SiteConfig; number: number },
  now: number,
  ports: SocketPorts,
): Promise<boolean> {
  const { asOf, items } = await readSnapshot(view, site, now, ports);
  for (const message of snapshotMessages({ epoch: ports.epoch, id: number, asOf }, items)) {
    if (!(await post(id, message, ports))) return false;
  }
  return true;
}

async function tick(id: string, now: number, ports: SocketPorts): Promise<void> {
  let site = ports.renewals.recent(id, now);
  if (site === null) {
    const connection = await ports.connections.find(id);
    if (!connection) return gone(id, ports);
    site = connection.site;
    const view = viewOfTopics(connection.topics);
    if (view && !(await renew(connection, view, now, ports))) return;
  }
  await sendTick(site, now, ports);
}

/** A connection that the store does not know can't be served: its dashboard should come back with a new ticket. */
function gone(id: string, ports: SocketPorts): Promise<void> {
  ports.renewals.forget(id);
  return refuse(id, error('gone', 'this connection is not known any more: open another'), ports);
}

async function refuse(id: string, message: ErrorMessage, ports: SocketPorts): Promise<void> {
  await post(id, JSON.stringify(message), ports);
}

async function post(id: string, message: string, ports: SocketPorts): Promise<boolean> {
  if ((await ports.socket.post(id, message)) === 'sent') return true;
  await closeSocket(id, ports);
  return false;
}

function error(code: ErrorMessage['code'], message: string): ErrorMessage {
  return { type: 'error', code, message };
}
