import type { OpenDimension } from '../contract/counter.ts';
import { kind } from '../contract/event.ts';
import type { DatedEvent } from './dated-event.ts';

export interface EventValue {
  dimension: OpenDimension;
  value: string;
}

const utmDimensions = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const;

/** The values of open breakdowns that an event counts under: where a page view came from, or what happened. */
export function valuesOf({ event, page }: DatedEvent): EventValue[] {
  switch (event[0]) {
    case kind.view:
      return [
        { dimension: 'referrer' as const, value: page?.referrer ?? '' },
        ...utmDimensions.map((dimension, index) => ({ dimension, value: page?.utm[index] ?? '' })),
      ].filter(({ value }) => value !== '');
    case kind.outbound:
      return [{ dimension: 'outbound', value: event[3] }];
    case kind.download:
      return [{ dimension: 'download', value: event[3] }];
    case kind.custom:
      return [
        { dimension: 'event', value: event[3] },
        ...Object.entries(event[4]).map(([key, value]) => ({
          dimension: 'event' as const,
          value: `${event[3]} · ${key}=${value}`,
        })),
      ];
    default:
      return [];
  }
}
