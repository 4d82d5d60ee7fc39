import { hourKey, type ItemKey } from '../contract/counter.ts';
import type { RecordElement, RecordPage } from '../contract/record.ts';
import { type CountedElement, type CountedPage, countedElement, countedPage, type Naming } from './counted-name.ts';
import type { DatedEvent } from './dated-event.ts';

/** What the events of one record count under, each looked up once: they are many, and of few pages, elements and hours. */
export class RecordNames {
  readonly #hours = new Map<number, ItemKey>();
  readonly #pages = new Map<RecordPage, CountedPage>();
  readonly #elements = new Map<RecordElement, { day: string; counted: CountedElement | null }>();

  constructor(private readonly naming: Naming) {}

  hourItem({ hour, day }: DatedEvent): ItemKey {
    const known = this.#hours.get(hour) ?? hourKey(this.naming.epoch, this.naming.site, day, hour);
    this.#hours.set(hour, known);
    return known;
  }

  /** Null: the event has no page. */
  page({ page, day }: DatedEvent): CountedPage | null {
    if (!page) return null;
    const known = this.#pages.get(page);
    if (known?.day === day) return known;
    const counted = countedPage(this.naming, day, page.path);
    this.#pages.set(page, counted);
    return counted;
  }

  /** Null: the event has no element, or one that is not counted. */
  element({ page, element, day }: DatedEvent, onPage: CountedPage): CountedElement | null {
    if (!page || !element) return null;
    const known = this.#elements.get(element);
    if (known?.day === day) return known.counted;
    const counted = countedElement(this.naming, onPage, page.device, element.key);
    this.#elements.set(element, { day, counted });
    return counted;
  }
}
