import { formatRoute } from '../route.ts';
import { type SettingsTab, settingsTabNames } from '../view/settings-tab.ts';

export function SettingsNav({ tabs, tab }: { tabs: readonly SettingsTab[]; tab: SettingsTab }) {
  return (
    <nav className="settings-nav" aria-label="Settings">
      {tabs.map((one) => (
        <a
          key={one}
          href={formatRoute({ page: 'settings', tab: one })}
          aria-current={one === tab ? 'page' : undefined}
          className={one === 'delete' ? 'is-danger' : undefined}
        >
          {settingsTabNames[one]}
        </a>
      ))}
    </nav>
  );
}
