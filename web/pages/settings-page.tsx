import { useEffect, useMemo, useState } from 'react';
import type { Role, SiteAnswer } from '../../functions/contract/account.ts';
import type { Account } from '../live/account.ts';
import { createAccountApi, type SiteAdmin } from '../live/account-api.ts';
import { type NavLink, NavMenu } from '../parts/nav-menu.tsx';
import { Notice } from '../parts/notice.tsx';
import { formatRoute } from '../route.ts';
import type { Session, SessionParts } from '../session.ts';
import { useAnswer } from '../use-live.ts';
import { type SettingsTab, settingsTabNames, tabsFor } from '../view/settings-tab.ts';
import { CapturesTab } from './settings/captures-tab.tsx';
import { DeleteTab } from './settings/delete-tab.tsx';
import { EmbedTab } from './settings/embed-tab.tsx';
import { ErasureTab } from './settings/erasure-tab.tsx';
import { ExclusionsTab } from './settings/exclusions-tab.tsx';
import { GeneralTab } from './settings/general-tab.tsx';
import { GoalsTab } from './settings/goals-tab.tsx';
import { KeysTab } from './settings/keys-tab.tsx';
import { LeaveTab } from './settings/leave-tab.tsx';
import { LogTab } from './settings/log-tab.tsx';
import { OriginsTab } from './settings/origins-tab.tsx';
import { PathsTab } from './settings/paths-tab.tsx';
import { PeopleTab } from './settings/people-tab.tsx';
import { SharesTab } from './settings/shares-tab.tsx';
import type { SiteFacts } from './site-facts.ts';

interface Props {
  session: Session;
  parts: SessionParts;
  site: SiteFacts;
  tab: SettingsTab;
  account: Account | null;
  /** What is known of the site's name and zone, or whether there is a site, has changed. */
  onChange: () => void;
}

/** The settings of one site, a tab at a time. A viewer gets none but the way out: the API would refuse them, too. */
export function SettingsPage(props: Props) {
  const { parts, site, tab, account, onChange } = props;
  const { configuration, access } = parts;
  const admin = useMemo(
    () => createAccountApi({ apiUrl: configuration.apiUrl, bearer: access.bearer }).at(site.id),
    [configuration, access, site.id],
  );
  useEffect(() => {
    document.title = `${settingsTabNames[tab]} · ${site.name} · SitePulse`;
  }, [tab, site.name]);
  if (!account) return <div className="app-loading" role="status" aria-label="Loading" />;
  const role = account.sites.find((one) => one.site === site.id)?.role ?? null;
  const tabs = site.mayWrite || role ? tabsFor(role) : [];
  const offered = tabs.flat();
  if (!offered.includes(tab)) {
    return (
      <Notice title="Only owners see this" tone="calm">
        <p>You look at {site.name} as a viewer. Ask one of its owners to change what you need.</p>
      </Notice>
    );
  }
  return (
    <div className={offered.length > 1 ? 'settings-page' : 'settings-page is-single'}>
      <h1 className="visually-hidden">Settings: {site.name}</h1>
      {offered.length > 1 && (
        <NavMenu
          label="Settings"
          className="settings-nav"
          groups={tabs.map((group) => group.map((one) => linkTo(one, tab)))}
        />
      )}
      <div className="card settings-body" key={tab}>
        <Tab {...props} admin={admin} role={role} onChange={onChange} />
      </div>
    </div>
  );
}

function linkTo(tab: SettingsTab, shown: SettingsTab): NavLink {
  const href = formatRoute({ page: 'settings', tab });
  return { href, title: settingsTabNames[tab], isCurrent: tab === shown, isDanger: tab === 'delete' };
}

function Tab({ admin, role, ...props }: Props & { admin: SiteAdmin; role: Role | null }) {
  const { tab, site, session, parts, account, onChange } = props;
  const place = { admin, site: site.id, zone: site.zone };
  switch (tab) {
    case 'embed':
      return (
        <EmbedTab
          admin={admin}
          session={session}
          site={site}
          apiUrl={parts.configuration.apiUrl}
          isOwner={role === 'owner'}
        />
      );
    case 'people':
      return <PeopleTab {...place} me={account?.me.id ?? ''} onOwnRole={onChange} />;
    case 'shares':
      return <SharesTab {...place} />;
    case 'keys':
      return <KeysTab {...place} />;
    case 'log':
      return <LogTab {...place} />;
    case 'erasure':
      return <ErasureTab {...place} />;
    case 'leave':
      return (
        role && <LeaveTab admin={admin} site={site.id} name={site.name} role={role} onLeft={() => leave(onChange)} />
      );
    case 'delete':
      return <DeleteTab admin={admin} site={site.id} onDeleted={() => leave(onChange)} />;
    default:
      return <SettingsTabs tab={tab} admin={admin} session={session} site={site} onChange={onChange} />;
  }
}

function leave(onChange: () => void): void {
  history.replaceState(null, '', location.pathname + formatRoute({ page: 'sites' }));
  dispatchEvent(new PopStateEvent('popstate'));
  dispatchEvent(new HashChangeEvent('hashchange'));
  onChange();
}

const forms = {
  general: GeneralTab,
  origins: OriginsTab,
  exclusions: ExclusionsTab,
  paths: PathsTab,
  goals: GoalsTab,
  captures: CapturesTab,
};

interface FormsProps {
  tab: keyof typeof forms;
  admin: SiteAdmin;
  session: Session;
  site: SiteFacts;
  onChange: () => void;
}

/** The tabs that change the site's configuration: they share what was read of it. */
function SettingsTabs({ tab, admin, session, site, onChange }: FormsProps) {
  const { value, error } = useAnswer(`settings ${site.id}`, admin.settings, 0);
  const [saved, setSaved] = useState<SiteAnswer | null>(null);
  const settings = saved ?? value;
  if (!settings) {
    return error ? (
      <Notice title="The settings could not be loaded" tone="error">
        <p>{error.message}</p>
      </Notice>
    ) : (
      <div className="app-loading" role="status" aria-label="Loading" />
    );
  }
  const Form = forms[tab];
  const keep = (next: SiteAnswer) => {
    setSaved(next);
    onChange();
  };
  return <Form admin={admin} session={session} zone={site.zone} settings={settings} onSaved={keep} />;
}
