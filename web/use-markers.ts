/** The markers of a span, as they are and as the reader changes them. */
import { useState } from 'react';
import type { MarkerAnswer } from '../functions/contract/answer.ts';
import type { Span } from './live/api.ts';
import type { Session } from './session.ts';
import { useAnswer } from './use-live.ts';

export interface Markers {
  rows: readonly MarkerAnswer[];
  error: Error | null;
  /** Whether the reader may add and remove them. */
  mayWrite: boolean;
  /** Rejects with a sentence for the reader. */
  add(text: string, at: number | null): Promise<void>;
  remove(at: number): Promise<void>;
}

const refreshEveryMs = 60_000;
const none: readonly MarkerAnswer[] = [];

/** `name` tells spans apart; `spanNow` is asked with every request, as a span that ends now moves. */
export function useMarkers(session: Session, name: string, spanNow: () => Span, mayWrite = false): Markers {
  const [changes, setChanges] = useState(0);
  const { value, error } = useAnswer(`markers ${name}`, () => session.api.markers(spanNow()), refreshEveryMs, [
    changes,
  ]);
  const changed = () => setChanges((count) => count + 1);
  return {
    rows: value?.rows ?? none,
    error,
    mayWrite,
    add: (text, at) => session.api.addMarker(text, at).then(changed),
    remove: (at) => session.api.removeMarker(at).then(changed),
  };
}
