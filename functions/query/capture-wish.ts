import { type Device, devices } from '../contract/record.ts';
import { parseBody, textOf } from './json-body.ts';
import { device, missing, parsePath } from './parameters.ts';

/** Reads the body of a request for a capture. @throws ApiError 413, or 400 `bad-json`, `missing-…`, `bad-…`. */
export function parseCaptureWish(body: string): { path: string; device: Device } {
  const wish = parseBody(body);
  const wanted = device.parse(textOf(wish, 'device')) ?? missing('device', `one of ${devices.join(', ')}`);
  return { path: parsePath(textOf(wish, 'path')), device: wanted };
}
