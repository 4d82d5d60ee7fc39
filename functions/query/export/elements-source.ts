import { elementFigures, elementsParameters, readElements } from '../elements.ts';
import { text } from '../schema.ts';
import { exportSource, orNone } from './source.ts';

const { path, device, from, to } = elementsParameters;
const px = (what: string) => ({ type: 'number', description: `${what} of the last seen box, document px.` });

export const elementsSource = exportSource({
  what: 'elements',
  description:
    'Every element of a page that was touched, most clicked first; the row without a key has what no list had room for.',
  parameters: { path, device, from, to },
  columns: {
    key: text('Stable short selector.'),
    label: text('Its text, of links, buttons and headings only.'),
    clickable: { type: 'boolean', description: 'Whether a person would expect it to react to a click.' },
    ...orNone({ boxX: px('Left edge'), boxY: px('Upper edge'), boxWidth: px('Width'), boxHeight: px('Height') }),
    ...elementFigures,
  },
  async read(call, ports) {
    const asked = { ...call, values: { ...call.values, limit: Infinity } };
    const { rows, path, device, complete: _complete, ...range } = await readElements(asked, ports);
    return {
      range,
      about: [path, device ?? ''],
      rows: rows.map(({ box, ...row }) => {
        const [boxX = null, boxY = null, boxWidth = null, boxHeight = null] = box ?? [];
        return { ...row, boxX, boxY, boxWidth, boxHeight };
      }),
      next: null,
    };
  },
});
