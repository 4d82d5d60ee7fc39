/**
 * Which pages, values and places of elements count under their own name. A scope (a site's day, or a page's elements on a day)
 * has a fixed number of slots; a name takes one by a write-once row, before anything is folded. What finds no slot counts under
 * `(other)`, or not among elements. A slot is never freed, so every attempt at a record, whenever it runs, comes to the same
 * answer.
 *
 * Pages and values take the first free one of the few slots that their hash leads to: a name costs one read, however many there
 * are. Places of elements are first come, first served, in slots 0, 1, 2 …: whoever claims knows all that came before, and so
 * can say which tile has room.
 */
export interface AdmissionScope {
  pk: string;
  slotCount: number;
  isFirstCome?: true;
}

/** How many slots a hashed name may try. */
export const slotsTriedMax = 8;

export function pageScope(epoch: string, site: string, day: string): AdmissionScope {
  return { pk: `${epoch}|${site}|page|${day}`, slotCount: 1024 };
}
export function valueScope(epoch: string, site: string, day: string, dimension: string): AdmissionScope {
  return { pk: `${epoch}|${site}|value|${day}|${dimension}`, slotCount: 512 };
}
/**
 * Places (see place.ts; names by `formatPlace`) of the elements of one page on one device class and day; its pk is also the
 * partition of their counters.
 */
export function elementScope(elementPartition: string): AdmissionScope {
  return { pk: elementPartition, slotCount: 1024, isFirstCome: true };
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
  /** The page's path, the value, or the place's name. */
  name: string;
  element?: ElementFacts;
  /** Of a place: the tile of its group that holds its counters, and its index there. */
  tile?: number;
  at?: number;
}
