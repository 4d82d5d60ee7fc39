import type { AnswerRange, PlaybackAnswer } from '../contract/answer.ts';
import { type CellLayer, cellLayers } from '../contract/counter.ts';
import { gridSize } from '../contract/element-grid.ts';
import { nameId } from '../contract/name-id.ts';
import { type Device, devices } from '../contract/record.ts';
import { dayStart } from '../contract/time-unit.ts';
import { ApiError } from './api-error.ts';
import { reduceElements } from './element-days.ts';
import { heatOf, mergeHeat } from './heat.ts';
import { boxSchema } from './heatmap-schema.ts';
import { choice, device, from, path, to } from './parameters.ts';
import { type FrameHeat, hourHeats, playbackOf } from './playback-frames.ts';
import type { QueryPorts } from './query-ports.ts';
import { daysOf, rangeOf, unitAfter } from './range.ts';
import { siteRoute } from './route.ts';
import { array, count, instant, object, oneOf, orNull, rangeProperties, type Schema, text, tuple } from './schema.ts';

/** A week of hours (one of them may have an hour more), a month of days: no more frames than somebody watches. */
export const framesMax = { hour: 169, day: 31 } as const;
/** About 1.5 MB and 2.5 MB of JSON at most; a function's answer may have 6 MB. */
const bounds = { cellsMax: 60_000, elementsMax: 3_000 };
const byHour: readonly CellLayer[] = ['click', 'rage', 'dead'];

const cell: Schema = { ...count, maximum: gridSize - 1 };
const example: PlaybackAnswer = {
  from: 1795392000000,
  to: 1795399200000,
  zone: 'UTC',
  path: '/',
  layer: 'click',
  device: 'desktop',
  unit: 'count',
  grid: gridSize,
  by: 'hour',
  elements: [{ key: '#buy', label: 'Buy', box: [100, 200, 160, 48], viewportWidth: 1440, clickable: true }],
  frames: [
    { from: 1795392000000, to: 1795395600000, cells: [[0, 2048, 1024, 7]], total: 7 },
    { from: 1795395600000, to: 1795399200000, cells: [], total: 0 },
  ],
  max: 7,
  total: 7,
  leftOut: { cells: 0, value: 0 },
};

export const playbackRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/playback',
    summary: 'A page’s heat, frame by frame',
    description:
      'The same cells as the heatmap’s: click, rage and dead hour by hour (at most 7 days), the other layers day by day (at most 31). ' +
      'All frames come in one answer, empty ones too.',
    answer: {
      status: 200,
      description: 'The frames, oldest first, without gaps.',
      schema: object({
        ...rangeProperties,
        path: text(),
        layer: oneOf(cellLayers),
        device: orNull(oneOf(devices)),
        unit: oneOf(['count', 'ms']),
        grid: count,
        by: oneOf(['hour', 'day'], 'What a frame is.'),
        elements: array(
          object({
            key: text(),
            label: text(),
            box: { ...orNull(boxSchema), description: 'Last seen: x, y, width, height.' },
            viewportWidth: count,
            clickable: { type: 'boolean' },
          }),
        ),
        frames: array(
          object({
            from: instant,
            to: instant,
            cells: {
              ...array(tuple(count, cell, cell, count)),
              description: 'Place of the element in `elements`, column, row, value.',
            },
            total: count,
          }),
        ),
        max: { ...count, description: 'The largest value of one cell in one frame.' },
        total: count,
        leftOut: object({ cells: count, value: count }),
      }),
      example,
    },
  },
  { path, device, layer: choice('layer', cellLayers, 'What is drawn; click includes taps.', 'click'), from, to },
  async ({ site, values: { path: page, device: wanted, layer, ...wish }, now }, ports) => {
    const by = byHour.includes(layer) ? 'hour' : 'day';
    const range = rangeOf(wish, by, site.zone, now);
    const starts = frameStarts(range, by);
    if (starts.length > framesMax[by]) {
      const daysMax = by === 'hour' ? 7 : 31;
      throw new ApiError(
        400,
        'range-too-long',
        `from and to are more than ${daysMax} days apart: by ${by}, that is the most`,
      );
    }
    const of = { site: site.site, pageId: nameId(page), device: wanted };
    const heats = await readHeats(of, range, { layer, by }, ports);
    const frames: FrameHeat[] = starts.map((start) => ({
      from: start,
      to: Math.min(unitAfter(start, by, range.zone), range.to),
      heat: heats.get(start) ?? new Map(),
    }));
    const json: PlaybackAnswer = {
      ...range,
      path: page,
      layer,
      device: wanted,
      unit: layer === 'move' || layer === 'hover' ? 'ms' : 'count',
      grid: gridSize,
      by,
      ...playbackOf(frames, bounds),
    };
    return { status: 200, json };
  },
);

/** The first instant of every frame; one more than allowed is enough to refuse. */
function frameStarts(range: AnswerRange, by: 'hour' | 'day'): number[] {
  const starts: number[] = [];
  for (let at = range.from; at < range.to && starts.length <= framesMax[by]; at = unitAfter(at, by, range.zone)) {
    starts.push(at);
  }
  return starts;
}

/** By the first instant of the frame. One day after the other: a hot page's day may be megabytes. */
async function readHeats(
  page: { site: string; pageId: string; device: Device | null },
  range: AnswerRange,
  { layer, by }: { layer: CellLayer; by: 'hour' | 'day' },
  ports: QueryPorts,
): Promise<Map<number, FrameHeat['heat']>> {
  const heats = new Map<number, FrameHeat['heat']>();
  for (const day of daysOf(range)) {
    const start = dayStart(day, range.zone);
    const end = unitAfter(start, 'day', range.zone);
    const ofDay = { from: Math.max(start, range.from), to: Math.min(end, range.to), zone: range.zone };
    if (by === 'day') {
      heats.set(start, mergeHeat(await reduceElements(page, ofDay, ports, (one) => heatOf(one, layer, ofDay))));
      continue;
    }
    for (const hours of await reduceElements(page, ofDay, ports, (one) => hourHeats(one, layer, ofDay))) {
      for (const [hour, heat] of hours) heats.set(hour, mergeHeat([heats.get(hour) ?? new Map(), heat]));
    }
  }
  return heats;
}
