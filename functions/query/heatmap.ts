import type { Admission } from '../contract/admission.ts';
import type { AnswerRange, Capture, HeatmapAnswer } from '../contract/answer.ts';
import { cellLayers, elementPartition } from '../contract/counter.ts';
import { gridSize } from '../contract/element-grid.ts';
import { nameId } from '../contract/name-id.ts';
import type { Device } from '../contract/record.ts';
import { dayStart, localDay } from '../contract/time-unit.ts';
import { reduceElements } from './element-days.ts';
import { type Heat, heatElements, heatOf, mergeHeat } from './heat.ts';
import { heatmapExample, heatmapSchema } from './heatmap-schema.ts';
import { choice, device, from, path, to } from './parameters.ts';
import { pathAsked } from './path-asked.ts';
import { placedOn } from './placed.ts';
import type { QueryPorts } from './query-ports.ts';
import { rangeOf } from './range.ts';
import { type SiteCall, siteRoute } from './route.ts';

/** About 1.5 MB of JSON; a function's answer may have 6 MB. */
export const heatmapCellsMax = 100_000;

export const heatmapParameters = {
  path,
  device,
  layer: choice('layer', cellLayers, 'What is drawn; click includes taps.', 'click'),
  from,
  to,
};

export const heatmapRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/heatmap',
    forOverlays: true,
    summary: 'Where on a page it happened',
    description:
      'Cells relative to elements, on a grid of 4096 by 4096 on each element’s box, so that no change of layout moves them. ' +
      'Layers are kept by hour for 90 days, move by whole days for 400 days. Values are counts; of move and hover they are ' +
      'milliseconds; dead are clicks that nothing followed, hesitation hovers of at least 1 s without a click. `placed` says ' +
      'how much of `total` has its box on the capture (exact), on a last seen box (fallback), or nowhere. For an overlay’s ' +
      'token, `path` is as its browser has it. `capture` is the page as it was when the range ended: the last picture of before, else ' +
      'the first after; the newest where the range reaches to now.',
    answer: { status: 200, description: 'The heat.', schema: heatmapSchema, example: heatmapExample },
  },
  heatmapParameters,
  async (call, ports) => {
    const { site, now } = call;
    const { device: wanted, layer } = call.values;
    const { page, range } = heatAsked(call);
    const pageId = nameId(page);
    const [{ heat }, capture] = await Promise.all([
      readHeat(call, ports),
      captureFor(range, now, { site: site.site, pageId, device: wanted ?? 'desktop' }, ports),
    ]);
    const today = wanted ? await admittedToday({ site: site.site, pageId, device: wanted }, range, now, ports) : [];
    const { placed, max } = placedOn(capture, heat);
    const json: HeatmapAnswer = {
      ...range,
      path: page,
      layer,
      device: wanted,
      unit: layer === 'move' || layer === 'hover' ? 'ms' : 'count',
      grid: gridSize,
      capture,
      ...heatElements(heat, today, heatmapCellsMax),
      placed,
      max,
      total: placed.exact + placed.fallback + placed.none,
    };
    return { status: 200, json };
  },
);

type HeatCall = SiteCall<typeof heatmapParameters>;

function heatAsked({ site, caller, now, values: { path: asked, layer, ...wish } }: HeatCall) {
  const range = rangeOf(wish, layer === 'move' ? 'day' : 'hour', site.zone, now);
  return { page: pathAsked(asked, { site, caller }), range };
}

/** All cells of the layer, without the picture to draw them on. */
export async function readHeat(
  call: HeatCall,
  ports: QueryPorts,
): Promise<{ page: string; range: AnswerRange; heat: Heat }> {
  const { device: wanted, layer } = call.values;
  const { page, range } = heatAsked(call);
  const of = { site: call.site.site, pageId: nameId(page), device: wanted };
  return { page, range, heat: mergeHeat(await reduceElements(of, range, ports, (day) => heatOf(day, layer, range))) };
}

async function captureFor(
  range: AnswerRange,
  now: number,
  { site, pageId, device }: { site: string; pageId: string; device: Device },
  { captures }: QueryPorts,
): Promise<Capture | null> {
  return range.to > now ? captures.latest(site, pageId, device) : captures.asOf(site, pageId, device, range.to);
}

/** The elements that live totals of the page may name; none for a range that ended before today. */
async function admittedToday(
  page: { site: string; pageId: string; device: Device },
  range: AnswerRange,
  now: number,
  ports: QueryPorts,
): Promise<Admission[]> {
  const day = localDay(now, range.zone);
  if (range.to <= dayStart(day, range.zone)) return [];
  return ports.admissions.all(elementPartition(ports.epoch, page.site, day, page.pageId, page.device));
}
