/** What precedes leaving: views with something and without it, how many of each were the last, and whether that is chance. Pure. */
import type { LeavingSum } from '../../functions/contract/leaving-answer.ts';
import { type Signal, signals } from '../../functions/contract/signal.ts';
import { chanceMax, chanceText } from './compare-elements.ts';
import { adjusted } from './rate-test.ts';
import { chanceOfShares, type Share } from './share-test.ts';
import { wilsonInterval } from './wilson.ts';

/** A signal, or, of use, that there was hardly any: both as what a view was like that may be the last. */
export interface Precedent {
  signal: Signal;
  /** Views like that, and all others: how many of them were the last. */
  such: Share;
  others: Share;
  /** That they differ like this, among all that were asked about, is chance; null: too little data. */
  chance: number | null;
  isClear: boolean;
}

/** Of the signal itself, or of its absence. */
const isOfAbsence: Record<Signal, boolean> = { rage: false, dead: false, hesitation: false, engaged: true, read: true };

export const precedentText: Record<Signal, string> = {
  rage: 'a rage click',
  dead: 'a dead click',
  hesitation: 'a hesitation',
  engaged: 'less than 10 s of engagement',
  read: 'less than half of the page seen',
};

/** For each page its signals; Holm's rule is asked about all pages together. */
export function precedentsOf(pages: readonly LeavingSum[]): Precedent[][] {
  const found = pages.map((page) => signals.map((signal) => precedentOf(signal, page)));
  const asked = found.flat().filter(({ chance }) => chance !== null);
  for (const [index, chance] of adjusted(asked.map(({ chance }) => chance ?? 1)).entries()) {
    const precedent = asked[index];
    if (precedent) Object.assign(precedent, { chance, isClear: chance < chanceMax });
  }
  return found;
}

function precedentOf(signal: Signal, { views, left, met }: LeavingSum): Precedent {
  const withIt = { part: met[signal].left, whole: met[signal].views };
  // Views of two tabs at once may make a few more of one kind than of all.
  const without = { part: Math.max(0, left - withIt.part), whole: Math.max(0, views - withIt.whole) };
  without.part = Math.min(without.part, without.whole);
  const [such, others] = isOfAbsence[signal] ? [without, withIt] : [withIt, without];
  // Where one kind of view was never met, there is nothing to hold it against.
  const chance = withIt.whole > 0 ? chanceOfShares(such, others) : null;
  return { signal, such, others, chance, isClear: false };
}

/** "After a rage click sessions end more often: 39% of 31 views, else 22% of 400; more than chance explains (p < 0.001)." */
export function precedentSentence({ signal, such, others, chance, isClear }: Precedent): string {
  if (!isClear || chance === null) return '';
  const often = shareOf(such) > shareOf(others) ? 'more' : 'less';
  const of = (share: Share) => `${percent(shareOf(share))} of ${whole.format(share.whole)}`;
  return `After ${precedentText[signal]} sessions end ${often} often: ${of(such)} views, else ${of(others)}; ${chanceText(chance)}.`;
}

/** "22–57%": where the share is, in 95 of 100 such intervals; '' of nothing. */
export function intervalText(share: Share): string {
  if (share.whole <= 0) return '';
  const [low, high] = wilsonInterval(share);
  return `${Math.round(100 * low)}–${percent(high)}`;
}

export function shareOf({ part, whole: of }: Share): number {
  return of > 0 ? part / of : 0;
}
const whole = new Intl.NumberFormat('en-US');
function percent(value: number): string {
  return `${Math.round(100 * value)}%`;
}
