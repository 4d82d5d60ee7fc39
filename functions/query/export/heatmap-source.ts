import { gridSize } from '../../contract/element-grid.ts';
import { heatElements } from '../heat.ts';
import { heatmapParameters, readHeat } from '../heatmap.ts';
import { count, text } from '../schema.ts';
import { exportSource } from './source.ts';

const cell = (what: string) => ({
  ...count,
  description: `${what} on the ${gridSize} × ${gridSize} grid of the element’s box.`,
});

export const heatmapSource = exportSource({
  what: 'heatmap',
  description: 'Every cell of a layer, by element; `elements` has what the elements are.',
  parameters: heatmapParameters,
  columns: {
    key: text('Stable short selector.'),
    col: cell('Column'),
    row: cell('Row'),
    value: { ...count, description: 'How often; of move and hover how long, in ms.' },
  },
  async read(call, ports) {
    const { page, range, heat } = await readHeat(call, ports);
    const { device, layer } = call.values;
    const { elements } = heatElements(heat, [], Infinity);
    return {
      range,
      about: [page, device ?? '', layer],
      rows: elements.flatMap(({ key, cells }) => cells.map(([col, row, value]) => ({ key, col, row, value }))),
      next: null,
    };
  },
});
