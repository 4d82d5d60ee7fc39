import { dayMs } from '../contract/time-unit.ts';

/** The date (YYYY-MM-DD) after one. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}
