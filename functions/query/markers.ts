import { type MarkerAnswer, type MarkerRemovedAnswer, type MarkersAnswer, markerTextMax } from '../contract/answer.ts';
import type { SiteConfig } from '../contract/site.ts';
import { type Marker, markersPerDayMax } from '../sites/marker-store.ts';
import { ApiError, quoted } from './api-error.ts';
import { parseMarkerWish } from './marker-wish.ts';
import { from, to } from './parameters.ts';
import { rangeOf, unitEnd } from './range.ts';
import { siteRoute } from './route.ts';
import { array, instant, object, rangeProperties, type Schema, text } from './schema.ts';

const markerProperties: Record<string, Schema> = {
  at: instant,
  text: text(),
  splits: {
    ...object({ hour: instant, day: instant }),
    description:
      'Where it splits a range in two: the next instant at which an hour (click, rage, dead, hover) or a day (moves, fields, ' +
      'scroll) of the site begins. What is counted by the hour is known no finer.',
  },
};
const example: MarkerAnswer = {
  at: 1795431600000,
  text: 'Release 2.4',
  splits: { hour: 1795431600000, day: 1795478400000 },
};

export const addMarkerRoute = siteRoute(
  {
    method: 'POST',
    path: '/v1/sites/{site}/markers',
    needs: 'write',
    refusals: { 409: 'The day has as many markers as it can hold.' },
    summary: 'Marks an instant: a deploy, a campaign',
    description:
      `Also from a build server, by API key. A marker of the same instant gets the new text, so a request may be repeated. ` +
      `At most ${markersPerDayMax} a UTC date; kept for 400 days.`,
    body: object(
      {
        text: { ...text('What happened, on one line.'), maxLength: markerTextMax },
        at: text('An instant with its zone, or ms since the epoch. Left out: now.'),
      },
      ['at'],
    ),
    answer: { status: 201, description: 'The marker.', schema: object(markerProperties), example },
  },
  {},
  async ({ site, body, now }, ports) => {
    const marker = parseMarkerWish(body, now);
    if ((await ports.markers.put(site.site, marker)) === 'full') {
      const day = new Date(marker.at).toISOString().slice(0, 10);
      throw new ApiError(409, 'too-many-markers', `${day} (UTC) has ${markersPerDayMax} markers: that is the most`);
    }
    return { status: 201, json: markerAnswer(marker, site) };
  },
);

export const listMarkersRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/markers',
    summary: 'The markers of a range',
    description: 'Of whole days of the site, up to 400.',
    answer: {
      status: 200,
      description: 'Rows, oldest first.',
      schema: object({ ...rangeProperties, rows: array(object(markerProperties)) }),
      example: { from: 1795392000000, to: 1795478400000, zone: 'UTC', rows: [example] } satisfies MarkersAnswer,
    },
  },
  { from, to },
  async ({ site, values, now }, ports) => {
    const range = rangeOf(values, 'day', site.zone, now);
    const found = await ports.markers.between(site.site, range.from, range.to);
    const json: MarkersAnswer = { ...range, rows: found.map((marker) => markerAnswer(marker, site)) };
    return { status: 200, json };
  },
);

export const removeMarkerRoute = siteRoute(
  {
    method: 'DELETE',
    path: '/v1/sites/{site}/markers/{at}',
    needs: 'write',
    summary: 'Takes a marker away',
    description: 'What was set by mistake. Pictures that were taken because of it stay.',
    answer: {
      status: 200,
      description: 'It was there, and is not any more.',
      schema: object({ at: instant }),
      example: { at: 1795431600000 } satisfies MarkerRemovedAnswer,
    },
  },
  {},
  async ({ site, path: { at = '' } }, ports) => {
    const known = /^\d{1,15}$/.test(at) && (await ports.markers.remove(site.site, Number(at)));
    if (!known) throw new ApiError(404, 'unknown-marker', `there is no marker of the instant ${quoted(at)}`);
    return { status: 200, json: { at: Number(at) } satisfies MarkerRemovedAnswer };
  },
);

function markerAnswer(marker: Marker, { zone }: SiteConfig): MarkerAnswer {
  return { ...marker, splits: { hour: unitEnd(marker.at, 'hour', zone), day: unitEnd(marker.at, 'day', zone) } };
}
