/**
 * Which pages, values and elements count under their own name. A scope (a site's day, or a page's elements on a day) has a
 * fixed number of slots; a name takes the first free one of the few slots that its hash leads to, by a write-once item, before
 * anything is folded. What finds no slot counts under `(other)`. A slot is never freed, so every attempt at a record, whenever
 * it runs, comes to the same answer.
 */
export interface AdmissionScope {
  pk: string;
  slotCount: number;
}

/** How many slots a name may try. */
export const slotsTriedMax = 8;

export function pageScope(epoch: string, site: string, day: string): AdmissionScope {
  return { pk: `${epoch}|${site}|page|${day}`, slotCount: 1024 };
}
export function valueScope(epoch: string, site: string, day: string, dimension: string): AdmissionScope {
  return { pk: `${epoch}|${site}|value|${day}|${dimension}`, slotCount: 512 };
}
/** Elements of one page on one device class and day; its pk is also the partition of their counters. */
export function elementScope(elementPartition: string): AdmissionScope {
  return { pk: elementPartition, slotCount: 512 };
}

/** What a slot remembers of an element: enough to name it, and to draw it when a surface lacks it. Absent for pages and values. */
export interface ElementFacts {
  label: string;
  /** x, y, width, height in document px, as first met that day. */
  box: [number, number, number, number];
  viewportWidth: number;
  clickable: boolean;
}

export interface Admission {
  slot: number;
  /** The page's path, the value, or the element's key. */
  name: string;
  element?: ElementFacts;
}
