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
