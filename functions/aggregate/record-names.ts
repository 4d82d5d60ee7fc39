import { hourKey, type ItemKey } from '../contract/counter.ts';
import type { RecordPage } from '../contract/record.ts';
import {
  type CountedPage,
  type CountedPlace,
  countedElements,
  countedPage,
  countedPlace,
  type Naming,
} from './counted-name.ts';
import type { DatedEvent } from './dated-event.ts';
import { elementPlace, isElementEvent } from './element-place.ts';

/** A page of a record on one day, and the partition of its elements. */
interface KnownPage {
  counted: CountedPage;
  elements: string | null;
}

/** What the events of one record count under, each looked up once: they are many, and of few pages and hours. */
export class RecordNames {
  readonly #hours = new Map<number, ItemKey>();
  readonly #pages = new Map<RecordPage, KnownPage>();

  constructor(private readonly naming: Naming) {}

  hourItem({ hour, day }: DatedEvent): ItemKey {
    const known = this.#hours.get(hour) ?? hourKey(this.naming.epoch, this.naming.site, day, hour);
    this.#hours.set(hour, known);
    return known;
  }

  /** Null: the event has no page. */
  page({ page, day }: DatedEvent): CountedPage | null {
    return page ? this.#known(page, day).counted : null;
  }

  /** Null: the event has no element, or one that is not counted. */
  place({ event, page, element, day }: DatedEvent): CountedPlace | null {
    if (!page || !element || !isElementEvent(event)) return null;
    const { elements } = this.#known(page, day);
    return elements === null ? null : countedPlace(this.naming, elements, elementPlace(event, element));
  }

  #known(page: RecordPage, day: string): KnownPage {
    const known = this.#pages.get(page);
    if (known?.counted.day === day) return known;
    const counted = countedPage(this.naming, day, page.path);
    const made = { counted, elements: countedElements(this.naming, counted, page.device) };
    this.#pages.set(page, made);
    return made;
  }
}
