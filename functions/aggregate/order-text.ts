/**
 * The order of an event in its load, as text: its place in the batch in two characters, then the batch's number. So it stays exact,
 * however large a number somebody has made up.
 */
export function formatOrder(order: number): string {
  const batch = Math.floor(order / 256);
  return `${(order - batch * 256).toString(36).padStart(2, '0')}${batch.toString(36)}`;
}

/** Inverse: `formatOrder`. */
export function parseOrder(text: string): number {
  return Number.parseInt(text.slice(2), 36) * 256 + Number.parseInt(text.slice(0, 2), 36);
}
