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

export function tabsFor(isOwner: boolean): readonly SettingsTab[] {
  return isOwner ? settingsTabs : settingsOnly;
}
