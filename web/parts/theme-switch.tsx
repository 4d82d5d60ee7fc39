import { useState } from 'react';
import { keepTheme, storedTheme, type Theme, themes } from '../theme.ts';

const words: Record<Theme, string> = { auto: 'as the system', light: 'light', dark: 'dark' };
const icons: Record<Theme, string> = {
  auto: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 1.5v9a4.5 4.5 0 0 1 0-9Z',
  light:
    'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM7.3 1h1.4v2H7.3V1Zm0 12h1.4v2H7.3v-2ZM1 7.3h2v1.4H1V7.3Zm12 0h2v1.4h-2V7.3ZM3 4l1-1 1.4 1.4-1 1L3 4Zm7.6 7.6 1-1L13 12l-1 1-1.4-1.4ZM12 3l1 1-1.4 1.4-1-1L12 3ZM4.4 10.6l1 1L4 13l-1-1 1.4-1.4Z',
  dark: 'M13.5 10.2A6 6 0 0 1 5.8 2.5a6 6 0 1 0 7.7 7.7Z',
};

/** @param inMenu with its words beside it */
export function ThemeSwitch({ inMenu = false }: { inMenu?: boolean }) {
  const [theme, setTheme] = useState(storedTheme);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto';
  const change = () => {
    keepTheme(next);
    setTheme(next);
  };
  const label = `Colours: ${words[theme]}. Change to ${words[next]}`;
  return (
    <button
      type="button"
      className={inMenu ? 'menu-item theme-item' : 'icon-button'}
      onClick={change}
      aria-label={label}
      title={label}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={icons[theme]} fill="currentColor" />
      </svg>
      {inMenu && `Colours: ${words[theme]}`}
    </button>
  );
}
