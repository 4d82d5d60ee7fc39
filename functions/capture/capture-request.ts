import { pathLengthMax } from '../contract/event.ts';
import { type Device, devices } from '../contract/record.ts';

/** What the capture function is invoked with. */
export interface CaptureRequest {
  site: string;
  /** The path as it is counted: what the capture is stored under. */
  path: string;
  /** An address that shows it. */
  url: string;
  device: Device;
}

/** @throws Error that names the field: only the project's own functions may invoke this one, so it is a fault of theirs. */
export function parseCaptureRequest(value: unknown): CaptureRequest {
  const { site, path, url, device } = (value ?? {}) as Record<string, unknown>;
  if (typeof site !== 'string' || !/^[\w-]{1,64}$/.test(site)) throw wrong('site', site);
  if (typeof path !== 'string' || path === '' || path.length > pathLengthMax) throw wrong('path', path);
  if (typeof url !== 'string') throw wrong('url', url);
  const known = devices.find((name) => name === device);
  if (!known) throw wrong('device', device);
  return { site, path, url, device: known };
}

function wrong(field: string, found: unknown): Error {
  return new Error(`a capture was asked for with ${field} ${JSON.stringify(found)}: nothing was captured`);
}
