import type { MouseEvent } from 'react';
import type { SitesAnswer } from '../../functions/contract/answer.ts';
import { goToSite, siteAddress } from '../use-site.ts';
import { formatWhole } from '../view/number-format.ts';

interface Props {
  site: SitesAnswer['sites'][number];
  /** Null: not known yet, or not to be had. */
  active: number | null;
}

const liveHash = '#/live';

/** A site in the list of all: a link to its live page. */
export function SiteCard({ site, active }: Props) {
  const go = (event: MouseEvent) => {
    // Another tab or window is the browser's affair.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    goToSite(site.site, liveHash);
  };
  const first = site.origins[0]?.replace(/^https?:\/\//, '') ?? 'no origins yet';
  const more = site.origins.length > 1 ? ` and ${site.origins.length - 1} more` : '';
  return (
    <li className="card site-card">
      <a href={siteAddress(site.site, liveHash)} onClick={go}>
        <span className="site-name" title={site.name}>
          {site.name}
        </span>
        <span className="site-active">
          <output className={active ? 'site-count' : 'site-count quiet'}>
            {active === null ? '–' : formatWhole(active)}
          </output>{' '}
          active now
        </span>
        <span className="quiet site-origins">{first + more}</span>
        {site.role && <span className="role">{site.role}</span>}
      </a>
    </li>
  );
}
