import { bodyBytesMax } from '../contract/event.ts';
import { type Rejection, rejection } from './rejection.ts';

/** The body's JSON. Its size is judged before it is decoded or parsed, so that a large one costs nothing. */
export function decodeBody(body: string | undefined, isBase64: boolean): { ok: true; json: unknown } | Rejection {
  if (!body) return rejection('empty-body', 'the body is empty: a batch of events as JSON is wanted');
  const sizeMin = isBase64 ? Math.floor((body.length * 3) / 4) - 2 : body.length;
  if (sizeMin > bodyBytesMax) return tooLarge(sizeMin);
  const text = isBase64 ? Buffer.from(body, 'base64').toString('utf8') : body;
  const size = Buffer.byteLength(text);
  if (size > bodyBytesMax) return tooLarge(size);
  try {
    return { ok: true, json: JSON.parse(text) };
  } catch {
    return rejection('bad-json', `the body of ${size} bytes is not JSON, or was cut off`);
  }
}

function tooLarge(size: number): Rejection {
  return rejection('body-too-large', `the body has ${size} bytes or more; at most ${bodyBytesMax} are taken`);
}
