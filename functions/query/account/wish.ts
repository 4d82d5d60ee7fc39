/** Reads the small bodies that routes of accounts take. Each throws ApiError 400 `missing-…` or `bad-…`. */
import { emailLengthMax, labelLengthMax } from '../../contract/account.ts';
import { ApiError } from '../api-error.ts';
import { textOf } from '../json-body.ts';
import { bad, missing } from '../parameters.ts';

export type Wish = Record<string, unknown>;

/** A body with a property that is not known may mean something else than what would be done. */
export function onlyKnown(wish: Wish, names: readonly string[]): void {
  const stranger = Object.keys(wish).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw new ApiError(
      400,
      'unknown-property',
      `${JSON.stringify(stranger.slice(0, 60))} is none of ${names.join(', ')}`,
    );
  }
}

export function lineOf(wish: Wish, name: string, lengthMax: number): string {
  const accepted = `1 to ${lengthMax} characters on one line`;
  const line = textOf(wish, name)?.trim() || missing(name, accepted);
  return line.length > lengthMax || /[\p{Cc}\p{Cs}]/u.test(line) ? bad(name, line, accepted) : line;
}

export function labelOf(wish: Wish): string {
  return lineOf(wish, 'label', labelLengthMax);
}

export function choiceOf<T extends string>(wish: Wish, name: string, values: readonly T[]): T {
  const accepted = `one of ${values.join(', ')}`;
  const given = textOf(wish, name) ?? missing(name, accepted);
  return values.find((value) => value === given) ?? bad(name, given, accepted);
}

/** In lower case, as it is compared; null where it is left out. */
export function emailOf(wish: Wish): string | null {
  const given = textOf(wish, 'email');
  if (given === undefined) return null;
  const isAddress = given.length <= emailLengthMax && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}]+$/u.test(given);
  return isAddress ? given.toLowerCase() : bad('email', given, 'an e-mail address');
}

export function wholeNumberOf(wish: Wish, name: string, min: number, max: number): number {
  const value = wish[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  return bad(name, value, `a whole number from ${min} to ${max}`);
}
