import { gridSize } from '../contract/element-grid.ts';
import { devices } from '../contract/record.ts';
import type { SessionReplay } from '../contract/session-replay.ts';
import { boxSchema } from './heatmap-schema.ts';
import { array, count, instant, object, oneOf, type Schema, text, tuple } from './schema.ts';

const cell: Schema = { ...count, maximum: gridSize - 1 };

export const sessionReplaySchema: Schema = {
  ...object({
    pages: array(object({ since: instant, load: count, path: text(), device: oneOf(devices) })),
    elements: array(
      object({
        path: text(),
        device: oneOf(devices),
        key: text(),
        label: text(),
        clickable: { type: 'boolean' },
        box: { ...boxSchema, description: 'Last seen in this session: x, y, width, height.' },
        viewportWidth: count,
      }),
    ),
    rests: {
      ...array(tuple(instant, count, count, cell, cell, count)),
      description:
        'Where the pointer rested for 100 ms or more: until when, load, place in `elements`, column, row, for how many ms.',
    },
  }),
  description: 'What the timeline does not tell, and a replay is drawn from. Beyond its bounds, what came first.',
};

export const sessionReplayExample: SessionReplay = {
  pages: [{ since: 1795435200000, load: 0, path: '/', device: 'desktop' }],
  elements: [
    {
      path: '/',
      device: 'desktop',
      key: '#buy',
      label: 'Buy',
      clickable: true,
      box: [100, 200, 160, 48],
      viewportWidth: 1440,
    },
  ],
  rests: [[1795435204000, 0, 0, 2048, 1024, 350]],
};
