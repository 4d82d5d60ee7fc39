/** Under which names things were admitted, as the table of admissions has it. */
import { type Admission, elementScope, pageScope, valueScope } from '../../../functions/contract/admission.ts';
import {
  elementPartition,
  type ItemKey,
  type OpenDimension,
  otherValue,
  pageKey,
  type SmallDimension,
  valueKey,
} from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { formatPlace, type Place } from '../../../functions/contract/place.ts';
import type { Device } from '../../../functions/contract/record.ts';
import type { Item } from '../aws/expression.ts';

export interface NamedPage {
  path: string;
  id: string;
  key: ItemKey;
}
export interface NamedPlace {
  partition: string;
  place: Place;
  tile: number;
  at: number;
}

/** Those whose values come from outside, and so are admitted. */
const admittedSmall: readonly string[] = ['country', 'language', 'browser', 'os'];

export class Names {
  readonly #admitted = new Map<string, Admission>();

  constructor(
    private readonly epoch: string,
    private readonly site: string,
    items: Item[],
  ) {
    for (const { pk, a } of items) {
      for (const admission of JSON.parse(a?.S ?? '[]') as Admission[]) {
        this.#admitted.set(`${pk?.S}\n${admission.name}`, admission);
      }
    }
  }

  page(day: string, path: string): NamedPage {
    const counted = this.#has(pageScope(this.epoch, this.site, day).pk, path) ? path : otherValue;
    const id = nameId(counted);
    return { path: counted, id, key: pageKey(this.epoch, this.site, day, id) };
  }

  value(day: string, dimension: OpenDimension, value: string): { value: string; key: ItemKey } {
    const counted = this.#has(valueScope(this.epoch, this.site, day, dimension).pk, value) ? value : otherValue;
    return { value: counted, key: valueKey(this.epoch, this.site, day, dimension, nameId(counted)) };
  }

  small(day: string, dimension: SmallDimension, value: string): string {
    if (!admittedSmall.includes(dimension)) return value;
    return this.#has(valueScope(this.epoch, this.site, day, dimension).pk, value) ? value : otherValue;
  }

  /** Null where the element, or its page, has no counters of its own. */
  place(day: string, page: NamedPage, device: Device, place: Place): NamedPlace | null {
    if (page.path === otherValue) return null;
    const partition = elementPartition(this.epoch, this.site, day, page.id, device);
    const admission = this.#admitted.get(`${elementScope(partition).pk}\n${formatPlace(place)}`);
    return admission ? { partition, place, tile: admission.tile ?? 0, at: admission.at ?? 0 } : null;
  }

  #has(pk: string, name: string): boolean {
    return this.#admitted.has(`${pk}\n${name}`);
  }
}
