/** Which two sides are compared: another time, another device, or before and after a marker. Pure. */
import type { MarkerAnswer } from '../../functions/contract/answer.ts';
import { type Device, devices } from '../../functions/contract/record.ts';
import { dayMs, dayStart, daysBetween } from '../../functions/contract/time-unit.ts';
import type { Span } from '../live/api.ts';
import { type DaySpan, mapSpanOf } from './map-range.ts';
import { formatInstant } from './time-format.ts';

/** As the picker's value has it. */
export type Comparison = 'previous' | 'days' | `device ${Device}` | `marker ${number}`;

export interface WantedSide {
  /** As a sentence says it: "on mobile". */
  name: string;
  span: Span;
  device: Device;
}

export interface ComparedRange {
  span: Span;
  device: Device;
  zone: string;
  now: number;
}

/** Markers that have at least a part of a day on either side. Views are kept by the day, so that is where a marker cuts. */
export function splittingMarkers(markers: readonly MarkerAnswer[], { from, to }: Span): MarkerAnswer[] {
  return markers.filter(({ splits }) => splits.day > from && splits.day < to);
}

/** Markers of the range that no whole day follows yet, or none precedes: they can't be compared by. */
export function uncutMarkers(markers: readonly MarkerAnswer[], span: Span): MarkerAnswer[] {
  const splitting = new Set(splittingMarkers(markers, span));
  return markers.filter((marker) => !splitting.has(marker));
}

export function comparisons(
  markers: readonly MarkerAnswer[],
  of: ComparedRange,
): { value: Comparison; label: string }[] {
  return [
    { value: 'previous', label: 'As many days before' },
    { value: 'days', label: 'Days of your choice' },
    ...devices
      .filter((device) => device !== of.device)
      .map((device) => ({ value: `device ${device}` as const, label: `The same days on ${device}` })),
    ...splittingMarkers(markers, of.span).map(({ at, text }) => ({
      value: `marker ${at}` as const,
      label: `Before and after ${text} (${formatInstant(at, of.zone)})`,
    })),
  ];
}

/** The earlier side first. Null: the comparison needs a choice that has not been made, or a marker that is not in the range. */
export function sidesOf(
  comparison: Comparison,
  of: ComparedRange,
  markers: readonly MarkerAnswer[],
  days: DaySpan | null,
): [WantedSide, WantedSide] | null {
  const { span, device, zone, now } = of;
  const inRange = { name: 'in the range', span, device };
  if (comparison === 'previous') return [{ name: 'in the days before', span: daysBefore(span, zone), device }, inRange];
  if (comparison === 'days') {
    return days && [{ name: 'in the other days', span: mapSpanOf(days, now, zone), device }, inRange];
  }
  const other = devices.find((one) => comparison === `device ${one}`);
  if (other)
    return [
      { ...inRange, name: `on ${device}` },
      { span, device: other, name: `on ${other}` },
    ];
  const marker = splittingMarkers(markers, span).find(({ at }) => comparison === `marker ${at}`);
  if (!marker) return null;
  const { text, splits } = marker;
  return [
    { name: `before ${text}`, span: { from: span.from, to: splits.day }, device },
    { name: `after ${text}`, span: { from: splits.day, to: span.to }, device },
  ];
}

/** As many whole local days as the span touches, up to where it begins. */
function daysBefore({ from, to }: Span, zone: string): Span {
  const [first = ''] = daysBetween(from, to, zone);
  const count = daysBetween(from, to, zone).length;
  const day = new Date(Date.parse(`${first}T12:00:00Z`) - count * dayMs).toISOString().slice(0, 10);
  return { from: dayStart(day, zone), to: from };
}
