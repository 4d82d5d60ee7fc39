import { legendStops } from '../../web/view/heat-scale.ts';
import type { MapLegend } from '../../web/view/map-legend.ts';
import { make } from './panel-element.ts';

export interface Figures {
  /** How much stands on the page. */
  placed: string;
  legend: MapLegend;
}

/** How much stands on the page, and what a colour means. */
export function makeFigures(): { elements: HTMLElement[]; show(figures: Figures): void } {
  const placed = make('p', { class: 'placed' });
  const measure = make('p', { class: 'measure' });
  const scale = make('div', { class: 'scale' });
  const ticks = make('div', { class: 'ticks' });
  const stops = legendStops().map(({ position, color }) => `${color} ${(position * 100).toFixed(1)}%`);
  scale.style.background = `linear-gradient(to right, ${stops.join(', ')})`;
  placed.title = 'What is not placed happened on elements that this page does not show now.';
  return {
    elements: [placed, make('div', {}, measure, scale, ticks)],
    show({ placed: text, legend }) {
      placed.textContent = text;
      measure.textContent = legend.title;
      const figures = legend.ticks.map(({ position, text: figure }) => {
        const tick = make('span', {}, figure);
        tick.style.left = `${position * 100}%`;
        return tick;
      });
      ticks.replaceChildren(...figures);
    },
  };
}
