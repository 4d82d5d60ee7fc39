export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const themeInStorage = 'sitepulse.theme';

/** `auto` follows the system; so does a storage that is closed to us. */
export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(themeInStorage);
    return themes.find((theme) => theme === stored) ?? 'auto';
  } catch {
    return 'auto';
  }
}

export function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function keepTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    localStorage.setItem(themeInStorage, theme);
  } catch {
    // A browser that keeps nothing for this page: the theme holds until it is closed.
  }
}
