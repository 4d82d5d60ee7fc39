import { vitals } from '../../contract/vital.ts';
import { oneOf, text } from '../schema.ts';
import { readVitals, vitalFigureProperties, vitalsParameters } from '../vitals.ts';
import { exportSource } from './source.ts';

export const vitalsSource = exportSource({
  what: 'vitals',
  description: 'Web Vitals, a row for each that was told of a page.',
  parameters: vitalsParameters,
  columns: {
    path: text('As it is counted, by the site’s path rules.'),
    title: text('As last seen.'),
    vital: oneOf(vitals, 'Largest Contentful Paint, Interaction to Next Paint or Cumulative Layout Shift.'),
    ...vitalFigureProperties,
  },
  async read(call, ports) {
    const { path, device, pages, lcp, inp, cls, ...range } = await readVitals(
      { ...call, values: { ...call.values, limit: Infinity } },
      ports,
    );
    const rows = pages.flatMap(({ path, title, ...page }) =>
      vitals.map((vital) => ({ path, title, vital, ...page[vital] })).filter(({ loads }) => loads > 0),
    );
    return { range, about: [path ?? '', device ?? ''], rows, next: null };
  },
});
