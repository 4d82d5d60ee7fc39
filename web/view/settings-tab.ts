import type { Role } from '../../functions/contract/account.ts';

/** The pages of a site's settings in the order of their list, by what they are about. */
const groups = {
  /** What an API key that may write sees, too. */
  site: {
    general: 'General',
    embed: 'Embed',
    origins: 'Origins',
    exclusions: 'Exclusions',
    paths: 'Path rules',
    goals: 'Goals and funnels',
    captures: 'Captures and budget',
  },
  access: { people: 'People', shares: 'Share links', keys: 'API keys', log: 'Audit log' },
  end: { erasure: 'Erase a visitor', leave: 'Leave site', delete: 'Delete site' },
} as const;

export const settingsTabNames = { ...groups.site, ...groups.access, ...groups.end };
export type SettingsTab = keyof typeof settingsTabNames;

const tabsIn = (tabs: Partial<Record<SettingsTab, string>>) => Object.keys(tabs) as SettingsTab[];
export const settingsTabs = tabsIn(settingsTabNames);

/** In groups. @param role at the site; null: an API key, which is nobody's membership */
export function tabsFor(role: Role | null): readonly (readonly SettingsTab[])[] {
  if (role === 'owner') return Object.values(groups).map(tabsIn);
  return [role === 'viewer' ? ['leave'] : tabsIn(groups.site)];
}
