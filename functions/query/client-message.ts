import type { ClientMessage, ErrorMessage } from '../contract/live.ts';
import { devices } from '../contract/record.ts';
import { describeValue } from '../stream/bounded.ts';
import { ApiError } from './api-error.ts';
import { parsePath } from './parameters.ts';

export const clientMessageBytesMax = 4_096;

/** Reads what a dashboard says; whatever is wrong with it comes back as the answer to give. */
export function parseClientMessage(text: string): ClientMessage | ErrorMessage {
  const bytes = Buffer.byteLength(text);
  if (bytes > clientMessageBytesMax) {
    return fault('bad-message', `the message has ${bytes} bytes: at most ${clientMessageBytesMax}`);
  }
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return fault('bad-message', 'the message is not JSON');
  }
  if (typeof said !== 'object' || said === null) return fault('bad-message', 'the message is not a JSON object');
  const { op, view, path, device } = said as Record<string, unknown>;
  if (op === 'tick' || op === 'snapshot') return { op };
  if (op !== 'watch') return fault('unknown-op', `op is ${describeValue(op)}, not watch, snapshot or tick`);
  if (view === 'live') return { op, view };
  if (view !== 'heatmap') return fault('bad-message', `view is ${describeValue(view)}, not live or heatmap`);
  return parseHeatmapWatch(path, device);
}

function parseHeatmapWatch(path: unknown, device: unknown): ClientMessage | ErrorMessage {
  const known = devices.find((one) => one === device);
  if (device !== undefined && !known) {
    return fault('bad-message', `device is ${describeValue(device)}, not one of ${devices.join(', ')}`);
  }
  try {
    const watched = parsePath(typeof path === 'string' && path !== '' ? path : undefined);
    return { op: 'watch', view: 'heatmap', path: watched, ...(known ? { device: known } : {}) };
  } catch (error) {
    if (error instanceof ApiError) return fault('bad-message', error.message);
    throw error;
  }
}

function fault(code: ErrorMessage['code'], message: string): ErrorMessage {
  return { type: 'error', code, message };
}
