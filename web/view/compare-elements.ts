/** What two ranges, devices or sides of a marker differ in: clicks per view by element, in plain sentences. Pure. */
import type { ElementsAnswer, ScrollAnswer } from '../../functions/contract/answer.ts';
import { adjusted, chanceOf } from './rate-test.ts';

/** What is compared, as the API's answers have it. */
export interface ComparedSide {
  /** How a sentence calls it: "before Release 2.4", "on mobile". */
  name: string;
  /** Of the page, in the very range of the rows; 0: none, or not known. */
  views: number;
  rows: readonly { key: string; label: string; clicks: number }[];
  /** Whether an element without a row was left alone; false: nothing is known of it. */
  complete: boolean;
}

/**
 * Clicks are kept for 90 days, views for 400. Where the clicks of a range are cut at their beginning and its views are not, a rate of
 * both would be too low: it is then not known, as it is without views.
 */
export function comparedSide(name: string, elements: ElementsAnswer, scroll: ScrollAnswer): ComparedSide {
  const { rows, complete } = elements;
  return { name, views: elements.from > scroll.from ? 0 : scroll.views, rows, complete };
}

/** `clear`: more than chance explains. `chance`: it may be chance. `little`: too little data to say. */
export type Evidence = 'clear' | 'chance' | 'little';

export interface ElementChange {
  key: string;
  label: string;
  /** Null where a side does not tell. */
  clicks: [first: number | null, second: number | null];
  /** Clicks per view; null without views. */
  rates: [first: number | null, second: number | null];
  /** Second rate less the first, clicks per view. */
  difference: number | null;
  /** The difference as a part of the first rate; null where that is 0 or not known. */
  change: number | null;
  /** That a difference like this, among so many elements, is chance; null: too little data. */
  chance: number | null;
  evidence: Evidence;
  sentence: string;
}

/**
 * An element is named when the chance is below that. Not the usual 5%: clicks of one person come in bursts, so they spread more
 * than the test believes.
 */
export const chanceMax = 0.01;

/** Clear changes first, then by how many clicks per view they are; by key where they are alike. */
export function compareElements(first: ComparedSide, second: ComparedSide): ElementChange[] {
  const labels = new Map<string, string>();
  for (const { key, label } of [...first.rows, ...second.rows]) {
    // The empty key is what no element could be named for.
    if (key !== '') labels.set(key, label || labels.get(key) || '');
  }
  const changes = [...labels].map(([key, label]) => changeOf(key, label, first, second));
  const asked = changes.filter(({ chance }) => chance !== null);
  for (const [index, chance] of adjusted(asked.map(({ chance }) => chance ?? 1)).entries()) {
    const change = asked[index];
    if (change) Object.assign(change, { chance, evidence: chance < chanceMax ? 'clear' : 'chance' });
  }
  const size = (one: ElementChange) => (one.evidence === 'clear' ? 1e9 : 0) + Math.abs(one.difference ?? 0);
  return changes.sort((a, b) => size(b) - size(a) || (a.key < b.key ? -1 : 1));
}

function changeOf(key: string, label: string, first: ComparedSide, second: ComparedSide): ElementChange {
  const clicks: ElementChange['clicks'] = [clicksOf(first, key), clicksOf(second, key)];
  const rates: ElementChange['rates'] = [rateOf(clicks[0], first.views), rateOf(clicks[1], second.views)];
  const isKnown = rates[0] !== null && rates[1] !== null;
  const difference = isKnown ? (rates[1] ?? 0) - (rates[0] ?? 0) : null;
  const chance = isKnown
    ? chanceOf({ clicks: clicks[0] ?? 0, views: first.views }, { clicks: clicks[1] ?? 0, views: second.views })
    : null;
  return {
    key,
    label,
    clicks,
    rates,
    difference,
    change: difference !== null && rates[0] ? difference / rates[0] : null,
    chance,
    evidence: 'little',
    sentence: `${label || key}: ${sayingOf(rates, [first.name, second.name])}`,
  };
}

function clicksOf({ rows, complete }: ComparedSide, key: string): number | null {
  const row = rows.find((one) => one.key === key);
  return row ? row.clicks : complete ? 0 : null;
}

function rateOf(clicks: number | null, views: number): number | null {
  return clicks === null || views <= 0 ? null : clicks / views;
}

function sayingOf([one, other]: ElementChange['rates'], [first, second]: [string, string]): string {
  if (one === null || other === null) return `not known ${one === null ? first : second}`;
  if (one === 0 && other === 0) return 'no clicks on either side';
  if (one === 0) return `${other.toFixed(3)} clicks per view ${second}, none ${first}`;
  if (other === 0) return `no clicks ${second}, ${one.toFixed(3)} per view ${first}`;
  const percent = Math.round((100 * (other - one)) / one);
  if (percent === 0) return 'as many clicks per view';
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent)}% clicks per view`;
}

/** How sure the sentence is, for the reader. */
export function evidenceText({ evidence, chance }: ElementChange): string {
  if (evidence === 'little' || chance === null) return 'too little data to say';
  if (evidence === 'chance') return 'may be chance';
  return chanceText(chance);
}

/** Of a chance below `chanceMax`. */
export function chanceText(chance: number): string {
  return `more than chance explains (p ${chance < 0.001 ? '< 0.001' : `= ${chance.toFixed(3)}`})`;
}
