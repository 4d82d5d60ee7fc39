import type { ServerMessage, WireTotals } from '../../functions/contract/live.ts';
import { isFeedRow } from './feed.ts';

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

/** All that a dashboard does with a message rests on this: what passes can be merged and shown, whatever it says. */
function isServerMessage(value: unknown): value is ServerMessage {
  if (!isObject(value)) return false;
  const { type, epoch, asOf, items } = value;
  if (type === 'error') return typeof value.code === 'string' && typeof value.message === 'string';
  if (typeof epoch !== 'string' || !/^\d{1,15}$/.test(epoch) || !isWhole(asOf) || asOf > instantMax) return false;
  if (!Array.isArray(items) || !items.every(isItem)) return false;
  if (type === 'totals') return value.feed === undefined || (Array.isArray(value.feed) && value.feed.every(isFeedRow));
  return type === 'snapshot' && isWhole(value.id) && isWhole(value.part) && isWhole(value.parts);
}

/** The last instant that has a date. */
const instantMax = 8.64e15;

function isItem(value: unknown): value is WireTotals {
  if (!Array.isArray(value) || value.length < 3) return false;
  const [pk, sk, counters, texts] = value as unknown[];
  if (typeof pk !== 'string' || typeof sk !== 'string' || !isObject(counters)) return false;
  return Object.values(counters).every(isWhole) && (texts === undefined || hasTextsOnly(texts));
}
function hasTextsOnly(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
