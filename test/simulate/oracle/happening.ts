import { kind, type PulseEvent } from '../../../functions/contract/event.ts';
import type { RecordElement, RecordPage, StreamRecord } from '../../../functions/contract/record.ts';
import { localTime } from './local-time.ts';
import type { NamedPage, Names } from './names.ts';

/** An event with where and when it was, as everything that counts it needs it. */
export interface Happening {
  event: PulseEvent;
  record: StreamRecord;
  at: number;
  day: string;
  hour: number;
  /** Orders the events of one load, whatever the clock says. */
  order: number;
  page: RecordPage;
  named: NamedPage;
  element: RecordElement | null;
}

export function happeningsOf(record: StreamRecord, zone: string, names: Names): Happening[] {
  return record.events.map((event, index) => {
    const at = record.receivedAt - event[1];
    const { day, hour } = localTime(at, zone);
    const element = isOnElement(event) ? (record.elements[event[2]] ?? null) : null;
    const page = record.pages[element ? element.page : event[2]];
    if (!page) throw new Error(`event ${index} of ${record.load} ${record.n} is on no page`);
    return {
      event,
      record,
      at,
      day,
      hour,
      order: record.n * 1_000 + index,
      page,
      named: names.page(day, page.path),
      element,
    };
  });
}

function isOnElement([what]: PulseEvent): boolean {
  const told: readonly number[] = [
    ...[kind.click, kind.rage, kind.move, kind.hover, kind.dead],
    ...[kind.field, kind.abandon, kind.paneReach, kind.paneBands],
  ];
  return told.includes(what);
}
