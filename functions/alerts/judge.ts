import type { AlertKind, AlertSettings } from '../contract/alert.ts';

/** What is known of a site at an instant. */
export interface Readings {
  /** Page views of the last ten whole minutes, and of the last thirty. */
  viewsIn10: number;
  viewsIn30: number;
  /** Rage clicks of the site's hour so far. */
  rageInHour: number;
  /** The same hour on earlier days, those that the site was counted on. */
  usual: readonly { views: number; rage: number }[];
  goals: readonly GoalReading[];
}
/** How often a goal was reached in the hour that has ended last, and in the same hour on earlier days. */
export interface GoalReading {
  name: string;
  inHour: number;
  usual: readonly number[];
}

export interface Finding {
  kind: AlertKind;
  text: string;
}

/** With fewer days nothing is usual yet. */
export const usualDaysMin = 3;
const times = 4;
/** Below these, four times as many is chance. */
const spikeViewsMin = 50;
const rageMin = 10;
/** So many views are usual in half an hour where none is a sign: at 30, none comes by chance once in e^30 (Poisson). */
const silenceUsualMin = 30;
/** So many conversions are usual in an hour where a quarter of them is a sign: of 20, 5 or fewer come by chance once in 14,000 hours (Poisson). */
const goalUsualMin = 20;

/** What is worth telling of these readings. No clock, no I/O: the same readings give the same findings. */
export function judge(readings: Readings, wanted: Pick<AlertSettings, AlertKind>): Finding[] {
  const { viewsIn10, viewsIn30, rageInHour, usual, goals } = readings;
  const dropped = wanted.goalDrop ? goals.filter(isDropped) : [];
  const drops: Finding[] = dropped.length > 0 ? [{ kind: 'goalDrop', text: dropped.map(dropText).join(' ') }] : [];
  if (usual.length < usualDaysMin) return drops;
  const views = median(usual.map((hour) => hour.views));
  const rage = median(usual.map((hour) => hour.rage));
  const found: Finding[] = drops;
  if (wanted.spike && viewsIn10 >= spikeViewsMin && viewsIn10 >= (times * views) / 6) {
    found.push({
      kind: 'spike',
      text: `${viewsIn10} page views in ten minutes; ${round(views / 6)} are usual at this hour.`,
    });
  }
  if (wanted.silence && viewsIn30 === 0 && views / 2 >= silenceUsualMin) {
    found.push({ kind: 'silence', text: `No page view for half an hour; ${round(views / 2)} are usual at this hour.` });
  }
  if (wanted.rage && rageInHour >= rageMin && rageInHour >= times * rage) {
    found.push({ kind: 'rage', text: `${rageInHour} rage clicks in this hour; ${round(rage)} are usual.` });
  }
  return found;
}

function isDropped({ inHour, usual }: GoalReading): boolean {
  const conversions = median(usual);
  return usual.length >= usualDaysMin && conversions >= goalUsualMin && inHour * times <= conversions;
}

function dropText({ name, inHour, usual }: GoalReading): string {
  return `“${name}” was reached ${inHour === 1 ? 'once' : `${inHour} times`} in the last whole hour; ${round(median(usual))} are usual.`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

function round(value: number): string {
  return String(value < 10 ? Math.round(value * 10) / 10 : Math.round(value));
}
