import type { SystemAlarmState } from '../../functions/contract/system.ts';
import { formatCount, formatDuration } from './number-format.ts';

export const stateText: Record<SystemAlarmState, string> = {
  ok: 'well',
  alarm: 'rings',
  unknown: 'not enough measured yet',
};

/** 12.3k; 420ms, and from a second on as durations everywhere. */
export function formatFigure(value: number, unit: 'count' | 'ms'): string {
  if (unit === 'count') return formatCount(Math.round(value));
  return value < 1_000 ? `${Math.round(value)}ms` : formatDuration(value);
}

/** A name such as `StreamBehind` as words: Stream behind. */
export function alarmTitle(name: string): string {
  return name.replace(/(?<=[a-z])([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A line that a function wrote: its own words where it is a structured one. */
export function logText(line: string): { level: string; message: string; rest: string } {
  const start = line.indexOf('{');
  try {
    const {
      level = '',
      message = '',
      stack: _stack,
      _aws: metrics,
      ...rest
    } = JSON.parse(line.slice(start)) as Record<string, unknown>;
    if (typeof message === 'string' && message !== '') return { level: String(level), message, rest: detailsOf(rest) };
    if (metrics) return { level: '', message: 'measured', rest: detailsOf(rest) };
  } catch {
    // Whatever else a runtime writes is shown as it is.
  }
  return { level: '', message: line, rest: '' };
}

function detailsOf(fields: Record<string, unknown>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(' · ');
}
