import { type Vital, vitalScales } from '../../functions/contract/vital.ts';

/** How a Web Vital is, by web.dev's thresholds. */
export type Rating = 'good' | 'fair' | 'poor';

export const ratingText: Record<Rating, string> = { good: 'Good', fair: 'Needs improvement', poor: 'Poor' };
/** Beside every colour. */
export const ratingSign: Record<Rating, string> = { good: '✓', fair: '~', poor: '✕' };

export const vitalText: Record<Vital, { short: string; name: string; says: string }> = {
  lcp: { short: 'LCP', name: 'Largest Contentful Paint', says: 'until the largest picture or text shows' },
  inp: { short: 'INP', name: 'Interaction to Next Paint', says: 'until a click, tap or key shows an effect' },
  cls: { short: 'CLS', name: 'Cumulative Layout Shift', says: 'how much moves that nobody moved' },
};

/** As the API gives it: ms, of CLS the score. */
export function ratingOf(vital: Vital, value: number): Rating {
  const { goodMax, poorAbove, perUnit } = vitalScales[vital];
  return value <= goodMax / perUnit ? 'good' : value <= poorAbove / perUnit ? 'fair' : 'poor';
}

/** `2.31 s`, `120 ms`, `0.08`; `10 s or more` in the last bucket, which has no end. */
export function formatVital(vital: Vital, value: number): string {
  const { edges, perUnit } = vitalScales[vital];
  const isOpen = value >= (edges.at(-1) ?? 0) / perUnit;
  return `${withUnit(vital, value)}${isOpen ? ' or more' : ''}`;
}
/** `good up to 2.5 s, poor beyond 4 s` */
export function thresholdText(vital: Vital): string {
  const { goodMax, poorAbove, perUnit } = vitalScales[vital];
  return `good up to ${withUnit(vital, goodMax / perUnit)}, poor beyond ${withUnit(vital, poorAbove / perUnit)}`;
}

function withUnit(vital: Vital, value: number): string {
  if (vital === 'lcp') return `${Number((value / 1000).toFixed(2))} s`;
  return vital === 'inp' ? `${Math.round(value)} ms` : `${Number(value.toFixed(3))}`;
}
