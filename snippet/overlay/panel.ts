/** The panel and the layer that heat is drawn on: one element in the page, with a closed shadow tree. */
import type { Device } from '../../functions/contract/record.ts';
import { make } from './panel-element.ts';
import { type Figures, makeFigures } from './panel-figures.ts';
import { makeFilters } from './panel-filters.ts';
import { letMove } from './panel-move.ts';
import { panelStyle } from './panel-style.ts';
import type { View } from './view.ts';

export type Tone = 'calm' | 'good' | 'warn' | 'bad';

export interface PanelParts {
  view: View;
  /** A person chose something else. */
  onChange(change: Partial<View>): void;
  onClose(): void;
}

export interface Panel {
  /** What heat is drawn in: as large as the window. */
  stage: HTMLElement;
  title(text: string): void;
  state(text: string, tone: Tone): void;
  device(device: Device): void;
  figures(figures: Figures): void;
  /** Comes before what the page has put on top of all else since: modal dialogs, popovers. */
  raise(): void;
  close(): void;
}

/** What happens in the panel is no business of the page's own listeners. */
const quietEvents = 'click dblclick pointerdown pointerup mousedown mouseup keyup keypress wheel'.split(' ');

export function openPanel({ view, onChange, onClose }: PanelParts): Panel {
  const listening = new AbortController();
  const { signal } = listening;
  const heading = make('h2', {}, 'SitePulse');
  const handle = make('button', { class: 'move', type: 'button', 'aria-label': 'Move the panel: arrow keys' }, '⠿');
  const closer = make('button', { type: 'button', 'aria-label': 'Close the overlay' }, '×');
  const head = make('header', {}, heading, handle, closer);
  const state = make('p', { class: 'state', role: 'status' });
  const filters = makeFilters(view, onChange);
  const figures = makeFigures();
  const hint = make('p', { class: 'hint' }, 'This visit is not counted. Escape closes.');
  const body = make('div', { class: 'body' }, state, ...filters.elements, ...figures.elements, hint);
  const panel = make('section', { class: 'panel', 'aria-label': 'SitePulse overlay' }, head, body);
  const stage = make('div', { class: 'stage', 'aria-hidden': 'true' });
  const host = hostOf(stage, panel);

  closer.addEventListener('click', onClose);
  for (const type of quietEvents) panel.addEventListener(type, (event) => event.stopPropagation());
  // While a modal dialog is open, Escape is its own.
  const isOurs = ({ key, defaultPrevented }: KeyboardEvent) =>
    key === 'Escape' && !defaultPrevented && !document.querySelector('dialog:modal');
  addEventListener('keydown', (event) => isOurs(event) && onClose(), { signal });
  letMove(panel, head, handle, signal);
  document.documentElement.append(host);
  closer.focus({ preventScroll: true });

  return {
    stage,
    title(text) {
      heading.textContent = text;
      heading.title = text;
    },
    state(text, tone) {
      state.textContent = text;
      state.dataset.tone = tone;
    },
    device: filters.chooseDevice,
    figures: figures.show,
    raise: raiser(host),
    close() {
      listening.abort();
      host.remove();
    },
  };
}

/** An element of the page around `content`, whose styles are its own. */
export function hostOf(...content: HTMLElement[]): HTMLElement {
  const host = make('div', { 'data-sp-ignore': '', popover: 'manual' });
  const shadow = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(panelStyle);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(...content);
  return host;
}

/** @returns puts `host` above all that the page shows on its top layer, whenever that has changed. Older browsers have no way to. */
function raiser(host: HTMLElement): () => void {
  const hasTopLayer = 'showPopover' in host;
  let raisedOver = -1;
  return () => {
    if (!hasTopLayer || document.querySelectorAll(':modal,:popover-open').length === raisedOver) return;
    if (raisedOver >= 0) host.hidePopover();
    host.showPopover();
    raisedOver = document.querySelectorAll(':modal,:popover-open').length;
  };
}
