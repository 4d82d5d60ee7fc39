import { type Device, devices } from '../contract/record.ts';
import { ApiError } from './api-error.ts';
import { device, missing, parsePath } from './parameters.ts';

const bodyCharactersMax = 4_096;

/** Reads the body of a request for a capture. @throws ApiError 413, or 400 `bad-json`, `missing-…`, `bad-…`. */
export function parseCaptureWish(body: string): { path: string; device: Device } {
  if (body.length > bodyCharactersMax) {
    throw new ApiError(413, 'body-too-large', `the body has ${body.length} characters: at most ${bodyCharactersMax}`);
  }
  const wish = parseObject(body);
  const wanted = device.parse(textOf(wish, 'device')) ?? missing('device', `one of ${devices.join(', ')}`);
  return { path: parsePath(textOf(wish, 'path')), device: wanted };
}

function parseObject(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new ApiError(400, 'bad-json', 'the body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError(400, 'bad-json', 'the body is not a JSON object');
  }
  return value as Record<string, unknown>;
}

function textOf(wish: Record<string, unknown>, name: string): string | undefined {
  const value = wish[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw new ApiError(400, `bad-${name}`, `${name} is ${typeof value}, not a text`);
  return value;
}
