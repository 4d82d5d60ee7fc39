/**
 * What a session's pointer left behind, and on what: with the timeline's clicks, all that a replay is drawn from. Positions are
 * cells of an element's box, as everywhere (see `element-grid.ts`): no place on a screen, and nothing of what a page said.
 */
import type { Box } from './answer.ts';
import type { Device } from './record.ts';

/** Rests of a pointer in one answer; of pages as they were seen, and of elements. Elements with long names are fewer: an answer is bounded. */
export const pointerRestsMax = 4_000;
export const replayPagesMax = 500;
export const replayElementsMax = 2_000;

/** A page at one viewport, as one of the session's loads showed it. */
export interface ReplayPage {
  /** The first event that names it, ms since the epoch. */
  since: number;
  /** As the timeline's events number loads. */
  load: number;
  path: string;
  device: Device;
}

/** An element that something happened on, where it stood when that was last told, on a viewport `viewportWidth` px wide. */
export interface ReplayElement {
  path: string;
  device: Device;
  key: string;
  label: string;
  clickable: boolean;
  box: Box;
  viewportWidth: number;
}

/** Up to `at` the pointer had rested for `restMs` on `elements[element]`, in a cell of its box. Rests under 100 ms are not recorded. */
export type PointerRest = [at: number, load: number, element: number, col: number, row: number, restMs: number];

export interface SessionReplay {
  /** Oldest first. */
  pages: ReplayPage[];
  elements: ReplayElement[];
  /** Oldest first, as far as they fit. */
  rests: PointerRest[];
}
