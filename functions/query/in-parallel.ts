/** How many reads of one request are under way at once: enough to hide their latency, few enough to leave others theirs. */
export const readsAtOnceMax = 24;

/** `work` on every item, at most `atOnceMax` at a time; results in the items' order. The first failure fails it all. */
export async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  atOnceMax: number = readsAtOnceMax,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const left = items.entries();
  async function next(): Promise<void> {
    // One iterator feeds all workers, so each item is taken once.
    for (const [index, item] of left) results[index] = await work(item);
  }
  await Promise.all(Array.from({ length: Math.min(atOnceMax, items.length) }, next));
  return results;
}
