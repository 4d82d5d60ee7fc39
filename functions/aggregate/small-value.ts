import { type AdmissionScope, valueScope } from '../contract/admission.ts';
import type { SmallDimension } from '../contract/counter.ts';
import type { RecordPage, StreamRecord } from '../contract/record.ts';

export interface SmallValue {
  dimension: SmallDimension;
  value: string;
}

/** Lower ends of the viewport classes, px. The device classes' bounds (600, 1024) are among them. */
const viewportSteps = [0, 360, 414, 600, 768, 1024, 1280, 1536, 1920, 2560];

/** `1280-1535`, the last one `2560+`. */
export function viewportClass(width: number): string {
  const index = Math.max(
    0,
    viewportSteps.findLastIndex((step) => step <= width),
  );
  const next = viewportSteps[index + 1];
  return next === undefined ? `${viewportSteps[index]}+` : `${viewportSteps[index]}-${next - 1}`;
}

/**
 * Most values of a site's day, where they come from outside (the rest are of our own making). They all stand in the hour item:
 * what has no slot counts under `(other)` there, or a stranger's made-up languages would fill it until the store refuses it.
 */
const slotCounts: Partial<Record<SmallDimension, number>> = { country: 512, language: 128, browser: 64, os: 64 };

/** Null: its values are of our own making, and need no admission. */
export function smallScope(epoch: string, site: string, day: string, dimension: SmallDimension): AdmissionScope | null {
  const slotCount = slotCounts[dimension];
  return slotCount === undefined ? null : { ...valueScope(epoch, site, day, dimension), slotCount };
}

/** The values of a page view that are kept in the hour item; what is unknown is left out. */
export function smallValuesOf(record: StreamRecord, page: RecordPage): SmallValue[] {
  const values: SmallValue[] = [
    { dimension: 'country', value: record.country },
    { dimension: 'browser', value: record.browser },
    { dimension: 'os', value: record.os },
    { dimension: 'device', value: page.device },
    { dimension: 'language', value: record.language },
    { dimension: 'viewport', value: viewportClass(page.viewportWidth) },
  ];
  return values.filter(({ value }) => value !== '');
}
