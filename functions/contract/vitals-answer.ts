import type { AnswerRange } from './answer.ts';
import type { Device } from './record.ts';
import type { Vital } from './vital.ts';

/** Of the loads that told a Web Vital. LCP and INP in ms, CLS as a score. */
export interface VitalFigures {
  loads: number;
  good: number;
  needsImprovement: number;
  poor: number;
  /**
   * Three of four loads were no worse; interpolated within the bucket that it lies in, and so no more exact than that. Where it is
   * beyond the last edge, that edge. Null without loads.
   */
  p75: number | null;
}
export interface VitalBucket {
  /** What lies above `from` and up to `to`; null: whatever is above. */
  from: number;
  to: number | null;
  loads: number;
}
export interface VitalDistribution extends VitalFigures {
  buckets: VitalBucket[];
}
export interface PageVitals extends Record<Vital, VitalFigures> {
  path: string;
  title: string;
}
export interface VitalsAnswer extends AnswerRange, Record<Vital, VitalDistribution> {
  /** Null: all pages. */
  path: string | null;
  /** Null: all. */
  device: Device | null;
  /** Of which anything was told, most loads first. */
  pages: PageVitals[];
}
