/** A session's events as they were recorded, one after the other, whatever order its batches came in. Pure. */
import type { PulseEvent } from '../contract/event.ts';
import type { StreamRecord } from '../contract/record.ts';

export interface SessionMoment {
  /** ms since the epoch. */
  at: number;
  /** Which of the session's document loads: 0 is the one that told something first. */
  load: number;
  event: PulseEvent;
  record: StreamRecord;
}

/** From `start` to `last` (inclusive), oldest first; of one instant, as its load numbered it. */
export function sessionMoments(records: readonly StreamRecord[], start: number, last: number): SessionMoment[] {
  const found = records.flatMap((record) =>
    record.events.flatMap((event, index) => {
      const at = Math.max(0, record.receivedAt - event[1]);
      return at < start || at > last ? [] : [{ at, event, index, record }];
    }),
  );
  found.sort(
    (one, other) =>
      one.at - other.at ||
      (one.record.load === other.record.load
        ? one.record.n - other.record.n || one.index - other.index
        : one.record.load < other.record.load
          ? -1
          : 1),
  );
  const loads = new Map<string, number>();
  return found.map(({ at, event, record }) => {
    const load = loads.get(record.load) ?? loads.size;
    loads.set(record.load, load);
    return { at, load, event, record };
  });
}
