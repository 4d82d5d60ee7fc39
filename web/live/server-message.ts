import type { ServerMessage } from '../../functions/contract/live.ts';

/** A message of the socket, from a text or a binary frame (API Gateway sends text, some stand-ins for it binary). */
export function readServerMessage(frame: unknown): ServerMessage | { type: 'unreadable'; reason: string } {
  const text = textOf(frame);
  if (text === null) return { type: 'unreadable', reason: 'the frame is neither text nor an ArrayBuffer' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { type: 'unreadable', reason: `the frame is not JSON: ${text.slice(0, 80)}` };
  }
  if (isServerMessage(value)) return value;
  return { type: 'unreadable', reason: `the frame is no message of ours: ${text.slice(0, 80)}` };
}

function textOf(frame: unknown): string | null {
  if (typeof frame === 'string') return frame;
  if (frame instanceof ArrayBuffer || ArrayBuffer.isView(frame)) return new TextDecoder().decode(frame);
  return null;
}

function isServerMessage(value: unknown): value is ServerMessage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  if (value.type === 'error') return 'code' in value && 'message' in value;
  if (value.type !== 'snapshot' && value.type !== 'totals') return false;
  return 'epoch' in value && typeof value.epoch === 'string' && 'items' in value && Array.isArray(value.items);
}
