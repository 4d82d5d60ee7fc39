/** What a key does to a replay, wherever in it the focus is. Pure. */
import type { Replay } from './replay.ts';
import { stepFrom } from './replay-frame.ts';

export type KeyWish = 'toggle' | { seek: number } | null;

const jumpMs = 5_000;

/** @param on what has the focus: its own keys go before */
export function replayKey(key: string, on: { tagName: string; type?: string }, replay: Replay, at: number): KeyWish {
  const type = on.tagName === 'INPUT' ? on.type : on.tagName;
  const isPressed = type === 'BUTTON' || type === 'checkbox' || type === 'radio';
  switch (key) {
    case ' ':
      return isPressed ? null : 'toggle';
    case 'k':
      return 'toggle';
    case 'ArrowLeft':
      return type === 'radio' ? null : { seek: at - jumpMs };
    case 'ArrowRight':
      return type === 'radio' ? null : { seek: at + jumpMs };
    case ',':
      return { seek: stepFrom(replay, at, -1) };
    case '.':
      return { seek: stepFrom(replay, at, 1) };
    case 'Home':
      return { seek: replay.from };
    case 'End':
      return { seek: replay.to };
    default:
      return null;
  }
}
