/** Bounding what a stranger sent: cut or clamped to what can be counted and drawn, never longer than its bound. */

const unfit = /[\p{Cc}\p{Cs}]/u;
const controls = /\p{Cc}/gu;
const loneSurrogates = /\p{Cs}/gu;

/**
 * At most `lengthMax` UTF-16 units; what was cut off ends in `…`, so that a cut path is not taken for a whole one. Control
 * characters become spaces (keys are joined by line breaks) and halves of a character U+FFFD (as DynamoDB would store them:
 * a name must hash the same before and after). Bounding a second time changes nothing.
 */
export function boundedText(text: string, lengthMax: number): string {
  const cut = text.length > lengthMax ? `${text.slice(0, lengthMax - 1)}…` : text;
  return unfit.test(cut) ? cut.replace(controls, ' ').replace(loneSurrogates, '\ufffd') : cut;
}

/** A whole number `min`..`max`, the nearest to `value`; undefined for what is no finite number. */
export function boundedNumber(value: unknown, min: number, max: number): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  // `+ 0` so that −0 does not travel.
  return Math.min(max, Math.max(min, Math.round(value))) + 0;
}

/** `value` where it is a whole number `min`..`max`, else undefined: for indices and codes, where a nearest one would lie. */
export function exactInteger(value: unknown, min: number, max: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value + 0 : undefined;
}

/** What was found, short enough for an error message. Never serialises what is nested: that could be 60 KB deep. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (value === null || typeof value !== 'object') return String(value);
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
}
