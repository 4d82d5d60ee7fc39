import type { ItemKey } from '../contract/counter.ts';

/**
 * What is to be added to an item can never be written, however often it is tried: no fault of the store or of the moment. The
 * item is too large, a number would overflow, an attribute is of another type, or the increments are none.
 */
export class UnwritableError extends RangeError {
  override readonly name = 'UnwritableError';

  constructor(
    readonly key: ItemKey,
    fault: string,
  ) {
    super(`${key.pk} ${key.sk} cannot be written: ${fault}`);
  }
}
