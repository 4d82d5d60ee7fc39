/**
 * `work` on every item, at most `atOnceMax` at a time; results in the items' order. After a failure nothing new is begun, and
 * what is under way is waited for: a write that lands after we have reported it failed would meet its own retry.
 * @throws the first failure.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnceMax: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const failures: unknown[] = [];
  const left = items.entries();
  async function next(): Promise<void> {
    // One iterator feeds all workers, so each item is taken once.
    for (const [index, item] of left) {
      try {
        results[index] = await work(item);
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0) return;
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnceMax, items.length) }, next));
  if (failures.length > 0) throw failures[0];
  return results;
}
