import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { DashboardConfiguration } from '../../functions/contract/sign-in.ts';
import type { Gate } from '../gate.ts';
import type { Access } from '../live/access.ts';
import { type Account, accountQuestions } from '../live/account.ts';
import { ApiFault } from '../live/api.ts';
import { AccountMenu } from '../parts/account-menu.tsx';
import { Notice } from '../parts/notice.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import { useAnswer, useRoute } from '../use-live.ts';
import { keepSite, useChosenSite } from '../use-site.ts';
import { SiteView } from './site-view.tsx';

const SitesPage = lazy(() => import('./sites-page.tsx').then(({ SitesPage }) => ({ default: SitesPage })));

interface Props {
  gate: Gate;
  configuration: DashboardConfiguration;
  access: Access;
}

/** While the API does not answer it is asked again this often. */
const askAgainMs = 3_000;

/** What one reader may see: their sites, and the one that is chosen. */
export function AccountView({ gate, configuration, access }: Props) {
  const [asked, setAsked] = useState(0);
  const [failing, setFailing] = useState(false);
  const route = useRoute();
  const ask = accountQuestions(configuration.apiUrl, access);
  const everyMs = failing ? askAgainMs : 0;
  // Sites first: the page waits for them alone.
  const { value: sites, error: sitesError } = useAnswer('sites', ask.sites, everyMs, [asked]);
  const { value: me, error: meError } = useAnswer('me', ask.me, everyMs, [asked]);
  const account = useMemo<Account | null>(() => me && sites && { me, sites }, [me, sites]);
  const error = sitesError ?? meError;
  const { site, named } = useChosenSite(sites);
  const reload = () => setAsked((times) => times + 1);
  useEffect(() => {
    setFailing(error !== null);
    if (error instanceof ApiFault && error.status === 401) gate.ended(error.message, error.code === 'signed-out');
  }, [gate, error]);
  const found = sites?.find((one) => one.site === site);
  useEffect(() => {
    if (found) keepSite(found.site);
  }, [found]);

  const menu = <AccountMenu gate={gate} access={access} account={account} role={found?.role ?? null} />;
  const isOfAll = route.page === 'sites' || route.page === 'new-site' || route.page === 'invitation';
  if (isOfAll || (sites && !found)) {
    return (
      <>
        <TopBar siteName="" route={route} menu={menu} />
        <main id="main">
          <Suspense fallback={<div className="app-loading" role="status" aria-label="Loading the page" />}>
            {account ? (
              <SitesPage
                configuration={configuration}
                access={access}
                account={account}
                route={route}
                missing={named && !found ? site : ''}
                onChange={reload}
              />
            ) : (
              <Waiting error={error} />
            )}
          </Suspense>
        </main>
      </>
    );
  }
  if (!site) return <Waiting error={error} />;
  return (
    <SiteView
      key={site}
      parts={{ configuration, access, site }}
      facts={found ? { id: site, name: found.name, zone: found.zone, mayWrite: mayWrite(account, found) } : null}
      waiting={<Waiting error={sitesError} />}
      account={account}
      menu={menu}
      onChange={reload}
    />
  );
}

/** A key's scope is not told: what it may not do is refused. */
function mayWrite(account: Account | null, site: Account['sites'][number]): boolean {
  return account?.me.kind === 'key' || site.role === 'owner';
}

function Waiting({ error }: { error: Error | null }) {
  if (!error) return <div className="app-loading" role="status" aria-label="Loading" />;
  return (
    <Notice title="The API does not answer" tone="error">
      <p>{error.message}</p>
      <p>
        Is it running? Locally, start it with <code>npm start</code>. The dashboard keeps trying, and fills in by
        itself.
      </p>
    </Notice>
  );
}
