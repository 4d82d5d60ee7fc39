/** Plays: the instant of a session that is shown, and how fast it goes on. Outside of React, with the browser's time given. */

import type { Replay } from './view/replay.ts';
import { advance } from './view/replay-frame.ts';

export const speeds = [1, 2, 4, 8] as const;
export type Speed = (typeof speeds)[number];

export interface ClockState {
  /** ms since the epoch. */
  at: number;
  isPlaying: boolean;
  speed: Speed;
  skipsQuiet: boolean;
}

export interface ClockParts {
  now(): number;
  /** Calls `run` when the next picture may be drawn. */
  nextFrame(run: () => void): void;
}

export interface ReplayClock {
  subscribe(listener: () => void): () => void;
  getSnapshot(): ClockState;
  toggle(): void;
  /** Goes there; outside of the session, to its nearer end. */
  seek(at: number): void;
  change(part: Partial<Pick<ClockState, 'speed' | 'skipsQuiet'>>): void;
  /** The session has grown. */
  extend(span: Span): void;
  pause(): void;
}

type Span = Pick<Replay, 'from' | 'to' | 'quiet'>;

export function createReplayClock(first: Span, { now, nextFrame }: ClockParts): ReplayClock {
  let span = first;
  let state: ClockState = { at: span.from, isPlaying: false, speed: 1, skipsQuiet: true };
  let drawnAt = 0;
  /** Whoever began to play last draws: frames that were asked for before are over. */
  let run = 0;
  const listeners = new Set<() => void>();
  const set = (part: Partial<ClockState>) => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  const draw = (ofRun: number) => {
    if (!state.isPlaying || ofRun !== run) return;
    const passedMs = now() - drawnAt;
    drawnAt += passedMs;
    const at = advance(span, state.at, passedMs * state.speed, state.skipsQuiet);
    set({ at, isPlaying: at < span.to });
    nextFrame(() => draw(ofRun));
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: () => state,
    toggle() {
      if (state.isPlaying) return set({ isPlaying: false });
      drawnAt = now();
      set({ isPlaying: true, at: state.at >= span.to ? span.from : state.at });
      const ofRun = ++run;
      nextFrame(() => draw(ofRun));
    },
    seek: (at) => set({ at: Math.min(span.to, Math.max(span.from, at)) }),
    change: set,
    extend(longer) {
      span = longer;
      if (state.at < span.from) set({ at: span.from });
    },
    pause: () => set({ isPlaying: false }),
  };
}
