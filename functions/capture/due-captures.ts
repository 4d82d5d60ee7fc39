/** Which pictures are due: the triggers, and nothing of how they are taken. Pure. */
import type { Device } from '../contract/record.ts';
import { dayMs } from '../contract/time-unit.ts';
import type { ViewedPage } from './viewed-pages.ts';

/** A page earns its pictures by so many views within `viewedDays` local days. */
export const viewsMin = 10;
export const viewedDays = 7;
/** A picture is taken anew when it is as old as this. */
export const pictureAgeMaxMs = 7 * dayMs;
/** After a marker, a deploy is given this long to be everywhere. */
export const markerSettleMs = 120_000;
/** After a failure; twice as long after each further one, up to `pictureAgeMaxMs`. */
export const retryMs = dayMs;

/** The newest attempt at a picture. `failures`: how many have failed since the last that did not. */
export interface Attempt {
  at: number;
  failures: number;
}

export type Trigger = 'first' | 'week' | 'marker' | 'retry';

export interface DueCapture {
  page: ViewedPage;
  device: Device;
  trigger: Trigger;
}

/** Names an attempt among a site's. */
export function attemptName(pageId: string, device: Device): string {
  return `${pageId}|${device}`;
}

/**
 * The most viewed first; only of device classes that have views.
 * `markedAt`: of the newest marker that has settled; null: there is none.
 */
export function dueCaptures(
  pages: readonly ViewedPage[],
  attempts: Readonly<Record<string, Attempt>>,
  { now, markedAt }: { now: number; markedAt: number | null },
): DueCapture[] {
  const earned = pages.filter(({ views }) => sum(Object.values(views)) >= viewsMin);
  const wanted = earned.flatMap((page) =>
    (Object.keys(page.views) as Device[]).map((device) => ({ page, device, views: page.views[device] ?? 0 })),
  );
  return wanted
    .filter(({ views }) => views > 0)
    .sort((one, other) => other.views - one.views)
    .flatMap(({ page, device }) => {
      const trigger = triggerOf(attempts[attemptName(page.pageId, device)], now, markedAt);
      return trigger ? [{ page, device, trigger }] : [];
    });
}

function triggerOf(last: Attempt | undefined, now: number, markedAt: number | null): Trigger | null {
  if (!last) return 'first';
  if (markedAt !== null && last.at < markedAt + markerSettleMs) return 'marker';
  if (now - last.at >= pictureAgeMaxMs) return 'week';
  const waitMs = retryMs * 2 ** (last.failures - 1);
  return last.failures > 0 && now - last.at >= waitMs ? 'retry' : null;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
