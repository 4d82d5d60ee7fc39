/** What is done to a good value before it is sent: to the JSON's tree, and then to its text. */
import fc from 'fast-check';
import { oddNumber, oddText } from './odd-values.ts';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A change of one place of the tree, chosen by `where`. */
export interface TreeMutation {
  where: number;
  what: 'delete' | 'swap' | 'nest' | 'repeat' | 'add' | 'proto';
  with: Json;
  times: number;
}
/** A change of the text or its bytes, at a share of its length. */
export interface TextMutation {
  at: number;
  what: 'cut' | 'flip' | 'insert' | 'overflow' | 'deepen' | 'double' | 'bom' | 'pad';
  with: string;
  times: number;
}

const anyJson: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, [], {}, '', 0, [[]], { length: 1 }, { toString: 1 }, { 0: 0 }),
  oddText,
  oddNumber,
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);
export const treeMutation: fc.Arbitrary<TreeMutation> = fc.record({
  where: fc.nat(),
  what: fc.constantFrom('delete', 'swap', 'swap', 'swap', 'nest', 'repeat', 'add', 'proto'),
  with: anyJson,
  times: fc.oneof({ weight: 9, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.nat(1_500) }),
});
export const textMutation: fc.Arbitrary<TextMutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  what: fc.constantFrom('cut', 'flip', 'flip', 'insert', 'overflow', 'deepen', 'double', 'bom', 'pad'),
  with: fc.oneof(
    fc.constantFrom('"', '\\', '\u0000', '1e999', '"__proto__":{"x":1},', '\\ud800', ']', '}', ','),
    oddText,
  ),
  times: fc.oneof({ weight: 19, arbitrary: fc.nat(20) }, { weight: 1, arbitrary: fc.nat(70_000) }),
});

/** Changes a copy. A place is a member of a list or an object, at any depth. */
export function mutateTree(value: Json, mutations: readonly TreeMutation[]): Json {
  let root = structuredClone(value);
  for (const mutation of mutations) {
    const places = placesOf(root);
    const place = places[mutation.where % Math.max(1, places.length)];
    if (!place) root = structuredClone(mutation.with);
    else change(place, mutation);
  }
  return root;
}

interface Place {
  holder: Json[] | { [name: string]: Json };
  name: string | number;
}

function placesOf(value: Json, found: Place[] = []): Place[] {
  if (Array.isArray(value)) {
    for (let name = 0; name < value.length; name++) {
      found.push({ holder: value, name });
      placesOf(value[name] ?? null, found);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value)) {
      found.push({ holder: value, name });
      placesOf(value[name] ?? null, found);
    }
  }
  return found;
}

function change({ holder, name }: Place, mutation: TreeMutation): void {
  const here = holder as Record<string | number, Json>;
  const found = here[name] ?? null;
  // Never the mutation's own: it may be used again, and must not come to hold itself.
  const given = structuredClone(mutation.with);
  switch (mutation.what) {
    case 'delete':
      if (Array.isArray(holder)) holder.splice(Number(name), 1);
      else delete here[name];
      break;
    case 'swap':
      here[name] = given;
      break;
    case 'nest':
      here[name] = nested(found, mutation.times);
      break;
    case 'repeat': {
      const copies = Array.from({ length: timesWithin(found, mutation.times) }, () => found);
      if (Array.isArray(holder)) holder.push(...copies);
      else here[name] = copies;
      break;
    }
    case 'add':
      if (Array.isArray(holder)) holder.push(given);
      else here[JSON.stringify(given).slice(0, 20)] = given;
      break;
    case 'proto':
      Object.defineProperty(here, '__proto__', {
        value: given,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
  }
}

/** Repeats of repeats of repeats would be gigabytes, and no gateway takes more than 10 MB. */
function timesWithin(value: Json, times: number): number {
  return Math.min(times, Math.floor(repeatedCharactersMax / JSON.stringify(value).length));
}
const repeatedCharactersMax = 200_000;

function nested(value: Json, levels: number): Json {
  let whole = value;
  for (let level = 0; level < levels; level++) whole = level % 2 ? { a: whole } : [whole];
  return whole;
}

export function mutateText(text: string, mutations: readonly TextMutation[]): Buffer {
  let bytes: Buffer = Buffer.from(text);
  for (const mutation of mutations) bytes = changed(bytes, mutation);
  return bytes;
}

function changed(bytes: Buffer, { at, what, with: given, times }: TextMutation): Buffer {
  const place = Math.floor(at * bytes.length);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (what) {
    case 'cut':
      return Buffer.from(before);
    case 'flip':
      return flipped(bytes, place, times);
    case 'insert':
      return Buffer.concat([before, Buffer.from(given), after]);
    case 'overflow':
      return Buffer.from(bytes.toString('latin1').replace(/\d+/, '1e999'), 'latin1');
    case 'deepen':
      return Buffer.concat([before, Buffer.from('['.repeat(times)), after, Buffer.from(']'.repeat(times))]);
    case 'double':
      return Buffer.concat([before, after, after]);
    case 'bom':
      return Buffer.concat([Buffer.from('\ufeff'), bytes]);
    case 'pad':
      return Buffer.concat([bytes, Buffer.from(' '.repeat(times))]);
  }
}

function flipped(bytes: Buffer, place: number, times: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let count = 0; count <= times % 8 && copy.length > 0; count++) {
    const index = (place + count * 7) % copy.length;
    copy[index] = (copy[index] ?? 0) ^ (1 << ((times + count) % 8));
  }
  return copy;
}
