import type { Admission } from '../contract/admission.ts';
import type { Box } from '../contract/answer.ts';
import { parsePlaceCounter, parseTileSort, type TilePlace, type Totals, tilePlaceText } from '../contract/counter.ts';
import { parsePlace } from '../contract/place.ts';

/** What is known of an element beside its counters. */
export interface KnownElement {
  key: string;
  label: string;
  box: Box | null;
  viewportWidth: number;
  clickable: boolean;
}

function knownElement(key: string, { element }: Admission): KnownElement {
  if (!element) return { key, label: '', box: null, viewportWidth: 0, clickable: false };
  const { label, box, viewportWidth, clickable } = element;
  return { key, label, box, viewportWidth, clickable };
}

/** Counters of a place that nobody holds can't be named; they still belong to the page. */
const unnamedElement: KnownElement = { key: '', label: '', box: null, viewportWidth: 0, clickable: false };

/** Which elements a page had on a day, and where their counters stand. */
export class DayElements {
  /** By key, each with its places in order of admission. */
  readonly all = new Map<string, { facts: KnownElement; places: TilePlace[] }>();
  readonly #byPlace = new Map<string, KnownElement>();

  /** `admissions`: in order of slot. An element's facts are those of its first place, as it was first met that day. */
  constructor(admissions: Admission[]) {
    for (const admission of admissions) {
      const { group, key } = parsePlace(admission.name);
      const element = this.all.get(key) ?? { facts: knownElement(key, admission), places: [] };
      this.all.set(key, element);
      const place: TilePlace = [group, admission.tile ?? 0, admission.at ?? 0];
      element.places.push(place);
      this.#byPlace.set(tilePlaceText(place), element.facts);
    }
  }

  /** A tile's counters, each with its element and its name without the place's index. */
  *countersOf({ key, counters }: Totals): Iterable<{ element: KnownElement; name: string; value: number }> {
    const { group, tile } = parseTileSort(key.sk);
    for (const [counter, value] of Object.entries(counters)) {
      const { at, name } = parsePlaceCounter(counter);
      yield { element: this.#byPlace.get(tilePlaceText([group, tile, at])) ?? unnamedElement, name, value };
    }
  }
}
