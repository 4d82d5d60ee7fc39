import type { Holder } from '../../contract/account.ts';
import { log } from '../../log.ts';
import type { QueryPorts } from '../query-ports.ts';

/** What follows once a user is no member any more: the site is on their list no longer, and their connections end. */
export async function endMembership(
  site: string,
  user: string,
  ports: Pick<QueryPorts, 'users' | 'connections' | 'socket'>,
): Promise<void> {
  await ports.users.leave(user, site);
  await closeConnections(site, { kind: 'user', id: user }, ports);
}

/**
 * Ends the connections of a holder (null: everybody's) at once. Where their right was taken it is gone already: a connection that is
 * missed here gets nothing more with the next push, and is closed by it.
 * @returns whether none was missed
 */
export async function closeConnections(
  site: string,
  holder: Holder | null,
  { connections, socket }: Pick<QueryPorts, 'connections' | 'socket'>,
): Promise<boolean> {
  const open = await connections.connectionsOf(site);
  const theirs = open.filter(({ by }) => !holder || (by.kind === holder.kind && by.id === holder.id));
  const ended = await Promise.allSettled(
    theirs.map(async ({ id }) => {
      await connections.disconnect(id);
      await socket.close(id);
    }),
  );
  const failed = ended.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  for (const { reason } of failed) log.error('a connection could not be closed', reason, { site });
  return failed.length === 0;
}
