import { legendStops, legendTicks } from '../../web/view/heat-scale.ts';
import { factsOf } from '../../web/view/layer.ts';
import { formatDuration, formatWhole } from '../../web/view/number-format.ts';
import { make } from './panel-element.ts';
import type { OverlayLayer } from './view.ts';

export interface Figures {
  layer: OverlayLayer;
  placed: number;
  total: number;
  /** The value of the full end of the scale. */
  end: number;
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
    show({ layer, placed: on, total, end }) {
      const { unit, measure: measured, brushPx } = factsOf(layer);
      const format = unit === 'ms' ? formatDuration : formatWhole;
      placed.textContent =
        total === 0 ? 'Nothing was counted here in this time.' : `Placed ${format(on)} of ${format(total)}.`;
      measure.textContent = `${measured} within ${brushPx} px`;
      const figures = legendTicks(end, 'root').map(({ position, value }) => {
        const tick = make('span', {}, format(value));
        tick.style.left = `${position * 100}%`;
        return tick;
      });
      ticks.replaceChildren(...figures);
    },
  };
}
