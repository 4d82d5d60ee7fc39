/** Names under which things count: a page or value that was not admitted counts as `(other)`. */
import { type Admission, elementScope, pageScope, valueScope } from '../contract/admission.ts';
import {
  elementPartition,
  type ItemKey,
  type OpenDimension,
  otherValue,
  pageKey,
  valueKey,
} from '../contract/counter.ts';
import { nameId } from '../contract/name-id.ts';
import { formatPlace, type Place } from '../contract/place.ts';
import type { Device } from '../contract/record.ts';
import { type SmallValue, smallScope } from './small-value.ts';

/** What was admitted before the fold began. Null: not admitted, for good. */
export interface Admissions {
  /** @throws Error when it was never asked for: `names-needed.ts` must name all that the fold looks up. */
  find(pk: string, name: string): Admission | null;
}

/** Which epoch's and site's items are meant, and what was admitted to them. */
export interface Naming {
  epoch: string;
  site: string;
  admissions: Admissions;
}

export interface CountedPage {
  admitted: boolean;
  /** The path, or `(other)`. */
  path: string;
  id: string;
  day: string;
  key: ItemKey;
}

export function countedPage({ epoch, site, admissions }: Naming, day: string, path: string): CountedPage {
  const admitted = admissions.find(pageScope(epoch, site, day).pk, path) !== null;
  const counted = admitted ? path : otherValue;
  const id = nameId(counted);
  return { admitted, path: counted, id, day, key: pageKey(epoch, site, day, id) };
}

export interface CountedValue {
  dimension: OpenDimension;
  value: string;
  key: ItemKey;
}

export function countedValue(
  { epoch, site, admissions }: Naming,
  day: string,
  dimension: OpenDimension,
  value: string,
): CountedValue {
  const admitted = admissions.find(valueScope(epoch, site, day, dimension).pk, value) !== null;
  const counted = admitted ? value : otherValue;
  return { dimension, value: counted, key: valueKey(epoch, site, day, dimension, nameId(counted)) };
}

/** A small breakdown's value, or `(other)`. */
export function countedSmallValue({ epoch, site, admissions }: Naming, day: string, small: SmallValue): string {
  const scope = smallScope(epoch, site, day, small.dimension);
  return !scope || admissions.find(scope.pk, small.value) ? small.value : otherValue;
}

/** An element's counters for one block of its box: which tile holds them, and at which index. */
export interface CountedPlace {
  partition: string;
  place: Place;
  tile: number;
  at: number;
}

/** The partition of a page's elements; null where the page counts under `(other)`: then they have no counters. */
export function countedElements({ epoch, site }: Naming, page: CountedPage, device: Device): string | null {
  return page.admitted ? elementPartition(epoch, site, page.day, page.id, device) : null;
}

/** Null: the counters of the page's elements are full for that day. */
export function countedPlace({ admissions }: Naming, partition: string, place: Place): CountedPlace | null {
  const admission = admissions.find(elementScope(partition).pk, formatPlace(place));
  return admission && { partition, place, tile: admission.tile ?? 0, at: admission.at ?? 0 };
}
