import type { Role } from '../../functions/contract/account.ts';

/** The pages of a site's settings, in the order of their list. */
export const settingsTabs = [
  'general',
  'embed',
  'origins',
  'exclusions',
  'paths',
  'goals',
  'captures',
  'people',
  'shares',
  'keys',
  'log',
  'erasure',
  'leave',
  'delete',
] as const;
export type SettingsTab = (typeof settingsTabs)[number];

export const settingsTabNames: Record<SettingsTab, string> = {
  general: 'General',
  embed: 'Embed',
  origins: 'Origins',
  exclusions: 'Exclusions',
  paths: 'Path rules',
  goals: 'Goals and funnels',
  captures: 'Captures and budget',
  people: 'People',
  shares: 'Share links',
  keys: 'API keys',
  log: 'Audit log',
  erasure: 'Erase a visitor',
  leave: 'Leave site',
  delete: 'Delete site',
};

/** What an API key that may write sees, too: an owner's affairs are people, keys, links, the log, erasures and the end of the site. */
const settingsOnly: readonly SettingsTab[] = [
  'general',
  'embed',
  'origins',
  'exclusions',
  'paths',
  'goals',
  'captures',
];

/** @param role at the site; null: an API key, which is nobody's membership */
export function tabsFor(role: Role | null): readonly SettingsTab[] {
  if (role === 'owner') return settingsTabs;
  return role === 'viewer' ? ['leave'] : settingsOnly;
}
