import type { AnswerRange } from './answer.ts';
import type { Signal } from './signal.ts';

/** Views, and how many of them were their session's last so far. */
export interface Left {
  views: number;
  left: number;
}
export interface LeavingSum extends Left {
  /** Of the views in which a signal was met while they were the last. */
  met: Record<Signal, Left>;
}
export interface LeavingRow extends LeavingSum {
  path: string;
  title: string;
}

/** `from` is the first day of the range on which signals were counted, where any were. */
export interface LeavingAnswer extends AnswerRange {
  /** Most viewed first. */
  rows: LeavingRow[];
  /** Pages beyond the limit, and beyond the day's bound. */
  other: LeavingSum;
  /** All pages together. */
  site: LeavingSum;
}
