const whole = new Intl.NumberFormat('en-US');
const tenth = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** 9,999 in full, then 12.3k, 4.5M: never wider than seven characters, so that a number that grows moves nothing. */
export function formatCount(count: number): string {
  if (count < 10_000) return whole.format(count);
  if (count < 999_950) return `${tenth.format(count / 1000)}k`;
  return `${tenth.format(count / 1_000_000)}M`;
}

/** In full, for titles and tables. */
export function formatWhole(count: number): string {
  return whole.format(count);
}

/** `1 view`, `1,200 views`. */
export function formatNumbered(count: number, one: string, many = `${one}s`): string {
  return `${formatWhole(count)} ${count === 1 ? one : many}`;
}

/** `part` of `total` in percent; a dash where there is nothing to take a part of. */
export function formatShare(part: number, total: number): string {
  if (total <= 0) return '–';
  const percent = (100 * part) / total;
  if (percent > 0 && percent < 1) return '<1%';
  return `${Math.round(percent)}%`;
}

/** 850 ms → 0.9s, 72 s → 1m 12s, 4000 s → 1h 6m. */
export function formatDuration(ms: number): string {
  if (ms < 9_950) return `${tenth.format(ms / 1000)}s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
  const minutes = Math.round(seconds / 60);
  return `${whole.format(Math.floor(minutes / 60))}h ${minutes % 60}m`;
}
