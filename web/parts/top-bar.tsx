import type { ReactNode } from 'react';
import type { ConnectionState } from '../live/connection-state.ts';
import { formatRoute, type Route } from '../route.ts';
import { ConnectionBadge } from './connection-badge.tsx';
import { Logo } from './logo.tsx';
import { NavMenu } from './nav-menu.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

interface Props {
  /** Empty where no site is looked at: then there are no views of it either. */
  siteName: string;
  route: Route;
  connection?: ConnectionState;
  /** Whether the site's settings are shown. */
  mayWrite?: boolean;
  /** Who looks, and the way out. */
  menu: ReactNode;
}

const pages = [
  { page: 'live', title: 'Live', href: formatRoute({ page: 'live' }) },
  { page: 'heatmap', title: 'Heatmap', href: '#/heatmap' },
  { page: 'paths', title: 'Paths', href: '#/paths' },
  { page: 'trends', title: 'Trends', href: '#/trends' },
  { page: 'goals', title: 'Goals', href: '#/goals' },
  { page: 'sessions', title: 'Sessions', href: '#/sessions' },
  { page: 'health', title: 'Health', href: formatRoute({ page: 'health' }) },
  { page: 'cost', title: 'Cost', href: formatRoute({ page: 'cost' }) },
] as const;
const settings = {
  page: 'settings',
  title: 'Settings',
  href: formatRoute({ page: 'settings', tab: 'general' }),
} as const;

export function TopBar({ siteName, route, connection, mayWrite = false, menu }: Props) {
  const offered = mayWrite ? [...pages, settings] : pages;
  const link = ({ page, ...to }: (typeof offered)[number]) => ({ ...to, isCurrent: page === route.page });
  return (
    <header className="top-bar">
      <button type="button" className="skip-link" onClick={focusMain}>
        Skip to the page
      </button>
      <div className="brand">
        <Logo />
        <span className="brand-name">SitePulse</span>
        {siteName && <span className="brand-site">{siteName}</span>}
      </div>
      {siteName && <NavMenu label="Views" className="views" groups={[offered.map(link)]} />}
      {connection && <ConnectionBadge state={connection} />}
      <ThemeSwitch />
      {menu}
    </header>
  );
}

/** A button, not a link to #main: the hash is the route. */
function focusMain(): void {
  const main = document.getElementById('main');
  main?.setAttribute('tabindex', '-1');
  main?.focus();
}
