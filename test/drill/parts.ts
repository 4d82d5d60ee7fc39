import type { FaultKind, Place } from '../chaos/fault-kinds.ts';

/** A part of the pipeline that a drill breaks: every call of one place meets one fault until it is mended. */
export interface Part {
  what: string;
  place: Place;
  fault: FaultKind;
  /** The function whose calls they are. */
  caller: string;
  /** The alarm that must ring, and be over when the part is mended. */
  alarm: string;
}

export const parts = {
  ingest: {
    what: 'the stream refuses every record that ingest puts on it',
    place: 'record-put',
    fault: 'put-failed',
    caller: 'ingest',
    alarm: 'IngestUnavailable',
  },
  processor: {
    what: 'the processor dies each time it reads what it knows of visitors',
    place: 'items-read',
    fault: 'killed-at-read',
    caller: 'process',
    alarm: 'ProcessErrors',
  },
  push: {
    what: 'every message to a dashboard is cut off on its way',
    place: 'push',
    fault: 'push-lost',
    caller: 'process',
    alarm: 'PushFailures',
  },
  capture: {
    what: 'no picture can be stored',
    place: 'object-write',
    fault: 'object-refused',
    caller: 'capture',
    alarm: 'CaptureErrors',
  },
} as const satisfies Record<string, Part>;

export type PartName = keyof typeof parts;
export const partNames = Object.keys(parts) as PartName[];
