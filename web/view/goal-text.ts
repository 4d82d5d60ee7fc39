import type { GoalFigures } from '../../functions/contract/funnels-answer.ts';
import type { Target, TargetKind } from '../../functions/contract/goal.ts';
import { dayMs, hourMs } from '../../functions/contract/time-unit.ts';
import { formatDay, formatInstant, formatMinute } from './time-format.ts';

export const targetKindName: Record<TargetKind, string> = {
  page: 'Page',
  event: 'Event',
  outbound: 'Link out',
  download: 'Download',
};
/** What to write for each kind, for those who have not seen one. */
export const targetExample: Record<TargetKind, string> = {
  page: '/thanks, /product/:id or /docs/*',
  event: 'signed up',
  outbound: 'https://partner.example/*',
  download: 'https://shop.example/list.pdf, or * for any',
};

/** `Page /thanks`, `any Download`. */
export function targetText({ what, match }: Target): string {
  return match === '*' ? `any ${targetKindName[what].toLowerCase()}` : `${targetKindName[what]} ${match}`;
}

/** Says from when on a goal or funnel was counted, where that is within what is shown. */
export function sinceText(since: number | null, from: number, zone: string): string {
  return since !== null && since > from ? `counted since ${formatInstant(since, zone)}` : '';
}

/** The columns of a goal's chart. `now`, ms since the epoch, may lie in the last: then it is not over. */
export function goalColumns({ points }: Pick<GoalFigures, 'points'>, unit: 'hour' | 'day', now: number, zone: string) {
  const hoursOfDays = points.length > 25;
  return points.map(({ at, conversions }, index) => {
    const label = unit === 'day' ? formatDay(at, zone) : hoursOfDays ? formatInstant(at, zone) : formatMinute(at, zone);
    return {
      label,
      value: conversions,
      isOpen: index === points.length - 1 && now - at < (unit === 'day' ? dayMs : hourMs),
    };
  });
}
