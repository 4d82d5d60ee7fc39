import { useEffect, useMemo, useState } from 'react';
import type { DashboardConfiguration } from '../../functions/contract/sign-in.ts';
import type { Access } from '../live/access.ts';
import type { Account } from '../live/account.ts';
import { type AccountApi, createAccountApi } from '../live/account-api.ts';
import { BackLink } from '../parts/back-link.tsx';
import { Notice } from '../parts/notice.tsx';
import { SiteCard } from '../parts/site-card.tsx';
import { formatRoute, type Route } from '../route.ts';
import { goToSite } from '../use-site.ts';
import { InvitationCard } from './invitation-card.tsx';
import { NewSiteForm } from './new-site-form.tsx';

interface Props {
  configuration: DashboardConfiguration;
  access: Access;
  account: Account;
  route: Route;
  /** A site that the address names, and that the reader may not see; empty: none. */
  missing: string;
  onChange: () => void;
}

/** All sites of the reader with their active now, and the way to make another. */
export function SitesPage({ configuration, access, account, route, missing, onChange }: Props) {
  const api = useMemo(() => createAccountApi({ ...configuration, bearer: access.bearer }), [configuration, access]);
  const { sites, me } = account;
  const { active, failure } = useActive(api, sites);
  useEffect(() => {
    document.title = 'Sites · SitePulse';
  }, []);
  if (route.page === 'invitation') {
    const joined = (site: string) => {
      onChange();
      goToSite(site, formatRoute({ page: 'live' }));
    };
    return <InvitationCard api={api} secret={route.secret} isUser={access.kind === 'user'} onJoined={joined} />;
  }
  if (route.page === 'new-site' && me.mayCreateSites) {
    const made = (site: string) => {
      onChange();
      goToSite(site, formatRoute({ page: 'settings', tab: 'embed' }));
    };
    return (
      <div className="sites-page">
        <BackLink href={formatRoute({ page: 'sites' })} title="All sites" />
        <NewSiteForm api={api} onMade={made} />
      </div>
    );
  }
  return (
    <div className="sites-page">
      <header className="page-head">
        <h1>Sites</h1>
        {me.mayCreateSites && (
          <a className="button button-strong" href={formatRoute({ page: 'new-site' })}>
            Add a site
          </a>
        )}
      </header>
      {missing && (
        <Notice title="You cannot see this site" tone="error">
          <p>
            There is no site <code>{missing}</code>, or it is not shared with you any more.
          </p>
        </Notice>
      )}
      {sites.length === 0 && (
        <Notice title="No sites yet" tone="calm">
          <p>
            {me.mayCreateSites
              ? 'Add the first one: you get one line to put into its pages.'
              : 'Ask an owner for an invitation, and open its link in this browser.'}
          </p>
        </Notice>
      )}
      {failure && (
        <Notice title="Who is there now cannot be told at the moment" tone="error">
          <p>{failure} The numbers come back by themselves.</p>
        </Notice>
      )}
      <ul className="site-grid">
        {sites.map((site) => (
          <SiteCard key={site.site} site={site} active={active.get(site.site) ?? null} />
        ))}
      </ul>
    </div>
  );
}

const askEveryMs = 5_000;
/** So many sites are asked about at once. */
const atOnce = 4;

interface Active {
  /** Null where it is not known. */
  active: ReadonlyMap<string, number | null>;
  /** Why it is known of none of them; '' where it is of some. */
  failure: string;
}

/** Active now of each site, asked for in turn while the page is looked at. */
function useActive(api: AccountApi, sites: Account['sites']): Active {
  const [active, setActive] = useState<Active['active']>(new Map());
  const [failure, setFailure] = useState('');
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      let answers = 0;
      let fault = '';
      const waiting = document.visibilityState === 'visible' ? sites.map(({ site }) => site) : [];
      const one = async () => {
        for (let site = waiting.shift(); site !== undefined && current; site = waiting.shift()) {
          const known = site;
          const value = await api.live(known).then(
            (answer) => {
              answers++;
              return answer.active;
            },
            (error: Error) => {
              fault = error.message;
              return null;
            },
          );
          if (current) setActive((before) => new Map(before).set(known, value));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, one));
      if (!current) return;
      setFailure(answers === 0 ? fault : '');
      timer = setTimeout(ask, askEveryMs);
    };
    void ask();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, sites]);
  return { active, failure };
}
