import type { ErasePlace } from './place.ts';

/** Named things in this process's memory, looked at a few at a time. */
export function memoryPlace(
  name: string,
  things: Set<string>,
  isOf: (thing: string, site: string) => boolean,
): ErasePlace {
  const looksAtOnce = 2;
  return {
    name,
    async sweep(site, at) {
      const rest = [...things].sort().filter((thing) => at === null || thing > at);
      const looked = rest.slice(0, looksAtOnce);
      for (const thing of looked) if (isOf(thing, site)) things.delete(thing);
      return rest.length > looksAtOnce ? (looked.at(-1) ?? null) : null;
    },
  };
}
