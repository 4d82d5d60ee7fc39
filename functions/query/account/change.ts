import type { AuditEntry } from '../../contract/account.ts';
import type { SiteConfig } from '../../contract/site.ts';
import { AccessRefusal, type SiteAccess } from '../../sites/access.ts';
import { auditTextMax } from '../../sites/audit-store.ts';
import { boundedText } from '../../stream/bounded.ts';
import { ApiError } from '../api-error.ts';
import type { Caller } from '../authorize.ts';
import type { QueryPorts } from '../query-ports.ts';

/** Who changes something, at which site. `access` as it stands: it tells the caller's name. */
export interface Changing {
  site: Pick<SiteConfig, 'site'>;
  caller: Caller;
  access: SiteAccess;
  /** The caller's name, where `access` does not tell it yet. */
  name?: string;
  now: number;
}
/** `text`: on one line, without a secret. */
export type Done = Pick<AuditEntry, 'what' | 'text'>;
type Ports = Pick<QueryPorts, 'access' | 'audit' | 'random'>;

/**
 * Changes who may do what. The audit log gets its entry before: a change without an entry can't be, an entry whose change was lost to
 * a fault in between can. @throws ApiError 404, 409.
 */
export async function changeAccess(
  changing: Changing,
  done: Done,
  ports: Ports,
  change: (access: SiteAccess) => SiteAccess,
): Promise<SiteAccess> {
  try {
    // What would be refused is not logged as done.
    change(await ports.access.read(changing.site.site));
    await noteChange(changing, done, ports);
    return await ports.access.change(changing.site.site, change);
  } catch (error) {
    if (!(error instanceof AccessRefusal)) throw error;
    throw new ApiError(error.code === 'not-there' ? 404 : 409, error.code, error.message);
  }
}

export async function noteChange(
  { site: { site }, caller, access, name, now }: Changing,
  { what, text }: Done,
  { audit, random }: Pick<Ports, 'audit' | 'random'>,
): Promise<void> {
  const entry: AuditEntry = {
    at: now,
    by: caller.holder,
    byName: name ?? nameOf(caller, access),
    what,
    text: boundedText(text, auditTextMax),
  };
  await audit.append(site, entry, freshId(random));
}

function nameOf({ holder }: Caller, access: SiteAccess): string {
  const isIt = ({ id }: { id: string }) => id === holder.id;
  if (holder.kind === 'user') return access.members.find(isIt)?.email ?? holder.id;
  return (holder.kind === 'key' ? access.keys : access.shares).find(isIt)?.label ?? holder.id;
}

/** 12 characters that sort nothing and repeat never. */
export function freshId(random: QueryPorts['random']): string {
  return Buffer.from(random(9)).toString('base64url');
}
