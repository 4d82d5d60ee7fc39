/** What `GET /v1/sites/{site}/system` and `…/log` answer: how the pipeline itself is, for the site's owners. */

export type SystemAlarmState = 'ok' | 'alarm' | 'unknown';

export interface SystemAlarm {
  /** As the runbook heads its article. */
  name: string;
  state: SystemAlarmState;
  /** When it came into this state, ms since the epoch. */
  since: number;
  /** What it means that it rings. */
  what: string;
  /** Why it is in this state. */
  reason: string;
}

export interface SystemChange {
  name: string;
  at: number;
  to: SystemAlarmState;
}

/** The figures that the health page draws, one point a minute. */
export const systemSeries = {
  taken: { title: 'Batches taken in', unit: 'count' },
  rejected: { title: 'Batches refused', unit: 'count' },
  countingLag: { title: 'Oldest that waits to be counted', unit: 'ms' },
  archiveLag: { title: 'Oldest that waits to be archived', unit: 'ms' },
  toPush: { title: 'Receipt to push, 95th percentile', unit: 'ms' },
  pushed: { title: 'Messages pushed', unit: 'count' },
  written: { title: 'Write units', unit: 'count' },
  answering: { title: 'API answers, 95th percentile', unit: 'ms' },
} as const;
export type SystemSeries = keyof typeof systemSeries;

export interface SystemAnswer {
  /** When it was asked for, ms since the epoch. */
  at: number;
  /** Those that ring first. */
  alarms: SystemAlarm[];
  /** Of the last day, newest first. */
  changes: SystemChange[];
  /** Of the last three hours, oldest first; minutes in which nothing was measured are left out. */
  series: { name: SystemSeries; points: [at: number, value: number][] }[];
}

/** The functions whose logs can be read. */
export const loggedFunctions = ['ingest', 'process', 'archive', 'query', 'socket', 'capture'] as const;
export type LoggedFunction = (typeof loggedFunctions)[number];

export interface LogAnswer {
  /** Newest first. */
  lines: { at: number; text: string }[];
  /** There are more than were read. */
  isMore: boolean;
}
