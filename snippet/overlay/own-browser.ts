/** The owner's own browser: not counted any more, or counted again. */
import { hostOf } from './panel.ts';
import { make } from './panel-element.ts';

/** Stands in the place of a ticket: nothing is opened with it, and the dashboard gives it to whoever asks for the link. */
export const notMe = 'not-me';

/** The snippet's own mark (`sitepulse.optOut()`). @throws where the browser lets the page keep nothing */
function setOut(isOut: boolean): void {
  if (isOut) localStorage.sitepulseOptOut = 1;
  else localStorage.removeItem('sitepulseOptOut');
}

/** Says what holds from now on, and lets it be taken back. */
export function tellOwnBrowser(): void {
  const state = make('p', { role: 'status' });
  const change = make('button', { class: 'wide', type: 'button' });
  const closer = make('button', { type: 'button', 'aria-label': 'Close' }, '×');
  const head = make('header', {}, make('h2', {}, 'SitePulse'), closer);
  const panel = make(
    'section',
    { class: 'panel', 'aria-label': 'SitePulse' },
    head,
    make('div', { class: 'body' }, state, change),
  );
  const host = hostOf(panel);
  const show = (isOut: boolean) => {
    try {
      setOut(isOut);
    } catch {
      state.textContent = 'This browser lets the site keep nothing, so it goes on being counted.';
      change.remove();
      return;
    }
    state.textContent = isOut
      ? 'This browser is not counted on this site any more.'
      : 'This browser is counted again, from the next page on.';
    change.textContent = isOut ? 'Count it again' : 'Do not count it';
    change.onclick = () => show(!isOut);
  };
  show(true);
  closer.onclick = () => host.remove();
  addEventListener('keydown', (event) => event.key === 'Escape' && host.remove());
  document.documentElement.append(host);
  change.focus({ preventScroll: true });
}
