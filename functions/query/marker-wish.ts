import { markerTextMax } from '../contract/answer.ts';
import { type Marker, markersKeptMs } from '../sites/marker-store.ts';
import { ApiError } from './api-error.ts';
import { parseBody, textOf } from './json-body.ts';
import { bad, missing } from './parameters.ts';
import { parseEdge } from './range-edge.ts';

/** The clock of a build server may be ahead of ours. */
const aheadMaxMs = 300_000;

/** Reads the body of a new marker; without `at` it is of `now`. @throws ApiError 413, or 400 `bad-json`, `missing-…`, `bad-…`. */
export function parseMarkerWish(body: string, now: number): Marker {
  const wish = parseBody(body);
  const accepted = `1 to ${markerTextMax} characters on one line`;
  const text = textOf(wish, 'text')?.trim() || missing('text', accepted);
  if (text.length > markerTextMax || /[\p{Cc}\p{Cs}]/u.test(text)) bad('text', text, accepted);
  const given = textOf(wish, 'at');
  if (given === undefined) return { at: now, text };
  const edge = parseEdge(given);
  if (!edge || !('at' in edge)) return bad('at', given, 'an instant with its zone, or ms since the epoch, as a text');
  if (edge.at > now + aheadMaxMs || edge.at < now - markersKeptMs) {
    throw new ApiError(400, 'bad-at', `at is ${new Date(edge.at).toISOString()}, not within the last 400 days`);
  }
  return { at: edge.at, text };
}
