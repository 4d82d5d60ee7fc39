import { useId, useRef } from 'react';
import type { Role } from '../../functions/contract/account.ts';
import type { Gate } from '../gate.ts';
import type { Access } from '../live/access.ts';
import type { Account } from '../live/account.ts';
import { formatRoute } from '../route.ts';
import { ThemeSwitch } from './theme-switch.tsx';

interface Props {
  gate: Gate;
  access: Access;
  account: Account | null;
  /** At the site that is looked at. */
  role: Role | null;
}

const kinds: Record<Access['kind'], string> = { user: 'Signed in', key: 'API key', share: 'Shared dashboard' };

/** Who looks, where else they may go, and the way out. A popover of the browser: Escape and a click elsewhere close it. */
export function AccountMenu({ gate, access, account, role }: Props) {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const close = () => popover.current?.hidePopover();
  const name = access.who || account?.me.email || kinds[access.kind];
  const leave =
    access.kind === 'share' ? 'Close this shared dashboard' : access.kind === 'key' ? 'Forget this key' : 'Sign out';
  const out = () => (access.kind === 'share' ? gate.leaveShare() : void gate.signOut(false));
  return (
    <>
      <button type="button" className="account-button" popoverTarget={id} aria-label={`Account: ${name}`} title={name}>
        {access.kind === 'user' ? name.slice(0, 1).toUpperCase() : access.kind === 'key' ? 'K' : 'S'}
      </button>
      <div ref={popover} id={id} popover="auto" className="menu account-menu" data-testid="account-menu">
        <p className="account-name">{name}</p>
        <p className="quiet">{describe(access.kind, role)}</p>
        {access.kind === 'user' && (
          <a className="menu-item" href={formatRoute({ page: 'sites' })} onClick={close}>
            All sites
          </a>
        )}
        {role === 'owner' && (
          <a className="menu-item" href={formatRoute({ page: 'settings', tab: 'general' })} onClick={close}>
            Settings of this site
          </a>
        )}
        {access.kind === 'user' && role && (
          <a className="menu-item" href={formatRoute({ page: 'settings', tab: 'leave' })} onClick={close}>
            Leave this site
          </a>
        )}
        <ThemeSwitch inMenu />
        <button type="button" className="menu-item" onClick={out}>
          {leave}
        </button>
        {access.kind === 'user' && (
          <button type="button" className="menu-item" onClick={() => void gate.signOut(true)}>
            Sign out on every machine
          </button>
        )}
      </div>
    </>
  );
}

function describe(kind: Access['kind'], role: Role | null): string {
  if (kind === 'share') return 'You see this dashboard by a link, and can change nothing.';
  if (kind === 'key') return 'Kept for this tab only.';
  return role === 'owner' ? 'You own this site.' : role === 'viewer' ? 'You are a viewer of this site.' : 'Signed in.';
}
