import type { HeatmapAnswer } from '../contract/answer.ts';
import { cellLayers } from '../contract/counter.ts';
import { gridSize } from '../contract/element-grid.ts';
import { placeGroups } from '../contract/place.ts';
import { devices } from '../contract/record.ts';
import { placesPerTileMax } from '../contract/tile.ts';
import { array, count, instant, object, oneOf, orNull, rangeProperties, type Schema, text, tuple } from './schema.ts';

const px: Schema = { type: 'number', description: 'Document px.' };
const cell: Schema = { type: 'integer', minimum: 0, maximum: gridSize - 1 };

/** x, y, width, height. */
export const boxSchema = tuple(px, px, px, px);
export const faultSchema = object({ code: text(), message: text() });

const failureSchema = object({ error: faultSchema, takenAt: instant });

const captureSchema: Schema = {
  anyOf: [
    object({
      url: text('The address that was opened.'),
      path: text(),
      device: oneOf(devices),
      takenAt: instant,
      viewportWidth: count,
      viewportHeight: count,
      width: { ...count, description: 'Of the picture, in document px.' },
      height: count,
      image: text('API path of the JPEG; send the same bearer key.'),
      elements: array(
        object(
          {
            key: text(),
            label: text(),
            clickable: { type: 'boolean' },
            box: boxSchema,
            window: { ...boxSchema, description: 'Of one that is cut off in part: only what lies in this shows.' },
          },
          ['window'],
        ),
      ),
      retake: { ...orNull(failureSchema), description: 'A later attempt that gave no picture.' },
    }),
    failureSchema,
    { type: 'null' },
  ],
  description: 'The picture to draw on; what went wrong with it; or null where none was asked for.',
};

export const heatmapSchema = object({
  ...rangeProperties,
  path: text(),
  layer: oneOf(cellLayers),
  device: orNull(oneOf(devices)),
  unit: oneOf(['count', 'ms']),
  grid: { ...count, description: 'Columns and rows of an element’s grid.' },
  capture: captureSchema,
  elements: array(
    object({
      key: text('Stable short selector.'),
      label: text(),
      box: { ...orNull(boxSchema), description: 'Last seen: x, y, width, height.' },
      viewportWidth: count,
      clickable: { type: 'boolean' },
      places: {
        ...array(tuple(oneOf(placeGroups), count, { ...count, maximum: placesPerTileMax - 1 })),
        description: 'Group, tile and index: by which live totals of today name its counters.',
      },
      cells: array(tuple(cell, cell, count)),
    }),
  ),
  placed: object({ exact: count, fallback: count, none: count }),
  max: count,
  total: count,
  leftOut: object({ cells: count, value: count }),
});

export const heatmapExample: HeatmapAnswer = {
  from: 1795392000000,
  to: 1795438800000,
  zone: 'UTC',
  path: '/',
  layer: 'click',
  device: 'desktop',
  unit: 'count',
  grid: gridSize,
  capture: {
    url: 'https://shop.example/',
    path: '/',
    device: 'desktop',
    takenAt: 1795400000000,
    viewportWidth: 1280,
    viewportHeight: 800,
    width: 1280,
    height: 3200,
    image: '/v1/sites/demo/captures/a1B2c3D4/desktop/1795400000000.jpg',
    elements: [{ key: '#buy', label: 'Buy', clickable: true, box: [100, 200, 160, 48] }],
    retake: null,
  },
  elements: [
    {
      key: '#buy',
      label: 'Buy',
      box: [100, 200, 160, 48],
      viewportWidth: 1440,
      clickable: true,
      places: [['c', 0, 17]],
      cells: [[2048, 1024, 7]],
    },
  ],
  placed: { exact: 7, fallback: 0, none: 0 },
  max: 7,
  total: 7,
  leftOut: { cells: 0, value: 0 },
};
