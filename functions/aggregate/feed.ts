import { kind, type PulseEvent } from '../contract/event.ts';
import type { FeedRow } from '../contract/live.ts';
import type { EventFact, Facts } from './facts.ts';

/** Rows for the live feed: what a visitor did that is worth a line. Shown, never counted. */
export function feedRows({ record, events }: Facts): FeedRow[] {
  const { country, browser, load, n } = record;
  return events.flatMap((fact) => {
    const what = whatOf(fact.event);
    if (!what || !fact.page || !fact.counted) return [];
    const { at, index, page } = fact;
    const id = `${load.slice(-8)}.${n}.${index}`;
    return { at, id, what, path: page.path, label: labelOf(fact), device: page.device, country, browser };
  });
}

function whatOf(event: PulseEvent): FeedRow['what'] | null {
  switch (event[0]) {
    case kind.view:
      return 'view';
    case kind.click:
      return 'click';
    case kind.rage:
      return event[5] === 3 ? 'rage' : null;
    case kind.dead:
      return 'dead';
    case kind.leave:
      return 'leave';
    case kind.outbound:
      return 'outbound';
    case kind.custom:
      return 'custom';
    default:
      return null;
  }
}

function labelOf({ event, element, page }: EventFact): string {
  if (element) return element.label || element.key;
  if (event[0] === kind.outbound || event[0] === kind.custom) return event[3];
  return event[0] === kind.view ? (page?.title ?? '') : '';
}
