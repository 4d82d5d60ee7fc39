/** By which of its views a session was entered and left: compared in the order in which they came, because two orders (clock, number) need not agree for three views. */
import type { Happening } from './happening.ts';

export function entryOf(first: Happening, others: Happening[]): Happening {
  return others.reduce((found, view) => (isBefore(view, found) ? view : found), first);
}
export function exitOf(first: Happening, others: Happening[]): Happening {
  return others.reduce((found, view) => (isBefore(found, view) ? view : found), first);
}

/** Views of one load in the order in which it made them, of two loads by the clock. */
export function isBefore(one: Happening, other: Happening): boolean {
  return one.record.load === other.record.load ? one.order < other.order : one.at < other.at;
}
