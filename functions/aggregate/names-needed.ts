import { type AdmissionScope, type ElementFacts, elementScope, pageScope, valueScope } from '../contract/admission.ts';
import { elementPartition } from '../contract/counter.ts';
import { kind } from '../contract/event.ts';
import { nameId } from '../contract/name-id.ts';
import { formatPlace } from '../contract/place.ts';
import type { RecordElement, RecordPage, StreamRecord } from '../contract/record.ts';
import type { SiteConfig } from '../contract/site.ts';
import { type DatedEvent, datedEvents } from './dated-event.ts';
import { elementPlace, isElementEvent } from './element-place.ts';
import { valuesOf } from './event-value.ts';
import { smallScope, smallValuesOf } from './small-value.ts';

/** A name that must be admitted, or refused, before its record is folded. */
export interface NameNeeded {
  scope: AdmissionScope;
  name: string;
  element?: ElementFacts;
  /** Needed only if this page is admitted: the elements of pages that count under `(other)` are not kept. */
  page?: { scope: AdmissionScope; name: string };
}

/** Every name that folding `record` looks up, each once, pages before their elements. From the record alone. */
export function namesNeeded(record: StreamRecord, config: SiteConfig, epoch: string): NameNeeded[] {
  const needed = new Map<string, NameNeeded>();
  const need = (name: NameNeeded): void => {
    const id = `${name.scope.pk}\n${name.name}`;
    if (!needed.has(id)) needed.set(id, name);
  };
  for (const dated of datedEvents(record, config.zone)) {
    const { day, page, element } = dated;
    if (page) {
      const pageNeeded = { scope: pageScope(epoch, record.site, day), name: page.path };
      need(pageNeeded);
      for (const { dimension, value } of dated.event[0] === kind.view ? smallValuesOf(record, page) : []) {
        const scope = smallScope(epoch, record.site, day, dimension);
        if (scope) need({ scope, name: value });
      }
      if (element) need({ ...placeNeeded(epoch, record.site, dated, page, element), page: pageNeeded });
    }
    for (const { dimension, value } of valuesOf(dated)) {
      need({ scope: valueScope(epoch, record.site, day, dimension), name: value });
    }
  }
  return [...needed.values()];
}

function placeNeeded(
  epoch: string,
  site: string,
  { day, event }: DatedEvent,
  page: RecordPage,
  element: RecordElement,
): NameNeeded {
  if (!isElementEvent(event)) throw new Error(`an event of kind ${event[0]} has no element`);
  const { label, box, clickable } = element;
  const partition = elementPartition(epoch, site, day, nameId(page.path), page.device);
  const facts: ElementFacts = { label, box, viewportWidth: page.viewportWidth, clickable };
  return { scope: elementScope(partition), name: formatPlace(elementPlace(event, element)), element: facts };
}
