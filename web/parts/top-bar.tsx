import type { ConnectionState } from '../live/connection-state.ts';
import { formatRoute, type Route } from '../route.ts';
import { ConnectionBadge } from './connection-badge.tsx';
import { Logo } from './logo.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

interface Props {
  siteName: string;
  route: Route;
  connection: ConnectionState;
}

const pages = [
  { page: 'live', title: 'Live', href: formatRoute({ page: 'live' }) },
  { page: 'heatmap', title: 'Heatmap', href: '#/heatmap' },
  { page: 'health', title: 'Health', href: formatRoute({ page: 'health' }) },
  { page: 'cost', title: 'Cost', href: formatRoute({ page: 'cost' }) },
] as const;

export function TopBar({ siteName, route, connection }: Props) {
  return (
    <header className="top-bar">
      <button type="button" className="skip-link" onClick={focusMain}>
        Skip to the page
      </button>
      <div className="brand">
        <Logo />
        <span className="brand-name">SitePulse</span>
        <span className="brand-site">{siteName}</span>
      </div>
      <nav aria-label="Views">
        {pages.map(({ page, title, href }) => (
          <a key={page} href={href} aria-current={route.page === page ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <ConnectionBadge state={connection} />
      <ThemeSwitch />
    </header>
  );
}

/** A button, not a link to #main: the hash is the route. */
function focusMain(): void {
  const main = document.getElementById('main');
  main?.setAttribute('tabindex', '-1');
  main?.focus();
}
