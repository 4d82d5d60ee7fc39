import { elementScope } from '../contract/admission.ts';
import type { ElementsAnswer } from '../contract/answer.ts';
import { nameId } from '../contract/name-id.ts';
import { devices } from '../contract/record.ts';
import { reduceElements } from './element-days.ts';
import { elementRows, elementSumsOf } from './element-rows.ts';
import { boxSchema } from './heatmap-schema.ts';
import { device, from, limit, path, to } from './parameters.ts';
import { pathAsked } from './path-asked.ts';
import type { QueryPorts } from './query-ports.ts';
import { rangeOf } from './range.ts';
import { type SiteCall, siteRoute } from './route.ts';
import { array, count, object, oneOf, orNull, rangeProperties, text } from './schema.ts';

const example: ElementsAnswer = {
  from: 1795392000000,
  to: 1795438800000,
  zone: 'UTC',
  path: '/',
  device: null,
  rows: [
    {
      key: '#buy',
      label: 'Buy',
      box: [100, 200, 160, 48],
      clickable: true,
      clicks: 7,
      taps: 2,
      rage: 0,
      dead: 1,
      hovers: 9,
      hoverMs: 8200,
      hesitations: 3,
      moves: 0,
      restMs: 0,
      focuses: 0,
      focusMs: 0,
      changes: 0,
      abandons: 0,
    },
  ],
  complete: true,
};

export const elementFigures = {
  clicks: { ...count, description: 'Includes taps.' },
  taps: { ...count, description: 'Clicks by touch.' },
  rage: { ...count, description: 'Bursts of rage clicks.' },
  dead: { ...count, description: 'Clicks that nothing followed.' },
  hovers: { ...count, description: 'Pointer rests on it.' },
  hoverMs: { ...count, description: 'How long they took, ms.' },
  hesitations: { ...count, description: 'Hovers of at least 1 s that no click followed.' },
  moves: { ...count, description: 'Places where the pointer rested, of the whole local days that the range touches.' },
  restMs: { ...count, description: 'Time the pointer rested, ms, of the whole local days that the range touches.' },
  focuses: { ...count, description: 'Visits to a field. These four are of whole local days, too.' },
  focusMs: { ...count, description: 'How long they took, ms.' },
  changes: { ...count, description: 'Visits during which something was entered or chosen.' },
  abandons: {
    ...count,
    description: 'The page was left with this as the last field touched of a form that was not sent.',
  },
};
const row = object({
  key: text('Stable short selector.'),
  label: text(),
  box: { ...orNull(boxSchema), description: 'Last seen: x, y, width, height in document px.' },
  clickable: { type: 'boolean' },
  ...elementFigures,
});
export const elementsParameters = { path, device, from, to, limit: limit(200) };

export const elementsRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/elements',
    forOverlays: true,
    summary: 'What was done with each element of a page',
    description:
      'The same counters as the heatmap’s, by hour for 90 days (moves and fields by day). For an overlay’s token, `path` is as ' +
      'its browser has it.',
    answer: {
      status: 200,
      description: 'Rows, most clicked first.',
      schema: object({
        ...rangeProperties,
        path: text(),
        device: orNull(oneOf(devices)),
        rows: array(row),
        complete: {
          type: 'boolean',
          description:
            'False when elements may be missing: beyond `limit`, or beyond what a page’s day counts one by one.',
        },
      }),
      example,
    },
  },
  elementsParameters,
  async (call, ports) => ({ status: 200, json: await readElements(call, ports) }),
);

export async function readElements(
  {
    site,
    values: { path: asked, device: wanted, limit: rowsMax, ...wish },
    caller,
    now,
  }: SiteCall<typeof elementsParameters>,
  ports: QueryPorts,
): Promise<ElementsAnswer> {
  const page = pathAsked(asked, { site, caller });
  const range = rangeOf(wish, 'hour', site.zone, now);
  const of = { site: site.site, pageId: nameId(page), device: wanted };
  let complete = true;
  const days = await reduceElements(of, range, ports, (day) => {
    if (day.admissions.length >= elementScope('').slotCount) complete = false;
    return elementSumsOf(day, range);
  });
  const all = elementRows(days);
  const rows = all.slice(0, rowsMax);
  complete &&= rows.length === all.length;
  return { ...range, path: page, device: wanted, rows, complete };
}
