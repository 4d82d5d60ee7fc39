import { describe, expect, it } from 'vitest';
import type { LeavingAnswer, LeavingSum } from '../../../functions/contract/leaving-answer.ts';
import type { Signal } from '../../../functions/contract/signal.ts';
import { intervalText, precedentSentence, precedentsOf } from '../../../web/view/leaving.ts';
import { outlookOf, outlookText } from '../../../web/view/outlook.ts';
import { shrunkenShare, wilsonInterval } from '../../../web/view/wilson.ts';

describe('the interval of a share', () => {
  // Published by R. G. Newcombe, Statistics in Medicine 17, 1998, table I.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is Wilson’s', (part, whole, low, high) => {
    const found = wilsonInterval({ part, whole });
    expect(found[0]).toBeCloseTo(low, 4);
    expect(found[1]).toBeCloseTo(high, 4);
  });

  it('leaves everything open where nothing is known', () => {
    expect(wilsonInterval({ part: 0, whole: 0 })).toEqual([0, 1]);
    expect(intervalText({ part: 0, whole: 0 })).toBe('');
    expect(intervalText({ part: 12, whole: 31 })).toBe('24–56%');
  });
});

describe('a shrunken share', () => {
  it('is what is known of the rest without cases, and the share itself with many', () => {
    expect(shrunkenShare({ part: 0, whole: 0 }, 0.4)).toBeCloseTo(0.4);
    expect(shrunkenShare({ part: 10, whole: 20 }, 0.3)).toBeCloseTo(0.4);
    expect(shrunkenShare({ part: 5_000, whole: 10_000 }, 0.1)).toBeCloseTo(0.5, 2);
  });
});

const none = { views: 0, left: 0 };
const sum = (views: number, left: number, met: Partial<Record<Signal, typeof none>> = {}): LeavingSum => ({
  ...{ views, left },
  met: { rage: none, dead: none, hesitation: none, engaged: none, read: none, ...met },
});
const sentences = (...pages: LeavingSum[]) =>
  precedentsOf(pages).map((page) => page.map(precedentSentence).filter(Boolean));

describe('what precedes leaving', () => {
  it('is said where it is more than chance, of frustration and of hardly any use', () => {
    const page = sum(1_000, 300, { rage: { views: 100, left: 60 }, engaged: { views: 400, left: 60 } });
    expect(sentences(page)).toEqual([
      [
        'After a rage click sessions end more often: 60% of 100 views, else 27% of 900; more than chance explains (p < 0.001).',
        'After less than 10 s of engagement sessions end more often: 40% of 600 views, else 15% of 400; more than chance explains (p < 0.001).',
      ],
    ]);
  });

  it('is left unsaid where it may be chance, where there is little, and where it was never met', () => {
    const some = sum(1_000, 300, { rage: { views: 100, left: 36 }, dead: { views: 6, left: 6 } });
    expect(sentences(some)).toEqual([[]]);
    expect(precedentsOf([some])[0]?.map(({ chance }) => chance === null)).toEqual([false, true, true, true, true]);
  });

  it('is harder to say the more pages are asked about', () => {
    const page = sum(1_000, 300, { dead: { views: 100, left: 44 } });
    expect(sentences(page)[0]).toHaveLength(1);
    expect(sentences(...Array.from({ length: 100 }, () => page)).flat()).toEqual([]);
  });

  it('bears counts that two tabs have made odd', () => {
    const odd = sum(10, 2, { read: { views: 12, left: 5 } });
    expect(precedentsOf([odd])[0]?.[4]).toMatchObject({ such: { part: 0, whole: 0 }, others: { part: 5, whole: 12 } });
  });
});

describe('how a live session may go on', () => {
  const now = 1_795_435_200_000;
  const row = (id: string, exit: string | null, signals: Signal[], last = now) => ({ id, exit, signals, last });
  const met = { rage: { views: 32, left: 13 }, hesitation: { views: 50, left: 10 } };
  const answer: LeavingAnswer = {
    ...{ from: 0, to: now, zone: 'UTC', other: sum(0, 0) },
    rows: [{ path: '/pricing', title: '', ...sum(401, 101, met) }],
    site: sum(2_001, 501, { rage: { views: 101, left: 61 } }),
  };

  it('rests on what others did after the same thing on the same page, itself left out', () => {
    const here = row('a', '/pricing', ['engaged', 'hesitation', 'rage']);
    const outlook = outlookOf(here, answer, [here], now);
    expect(outlook).toMatchObject({ signal: 'rage', others: { part: 12, whole: 31 } });
    // The site: (60 + 20 × 0.25) / 120; the page: (12 + 20 × 0.5417) / 51.
    expect(outlook?.estimate).toBeCloseTo(0.4477, 4);
    expect(outlook && outlookText(outlook)).toBe(
      '12 of 31 views with a rage click here went no further: about 45% likely to leave.',
    );
  });

  it('has its numbers in full, and readable', () => {
    const outlook = { signal: null, others: { part: 1_566, whole: 5_166 }, estimate: 0.303 };
    expect(outlookText(outlook)).toBe('1,566 of 5,166 views here went no further: about 30% likely to leave.');
  });

  it('leaves out whoever else may still go on from there, and nobody who is gone', () => {
    const here = row('a', '/pricing', []);
    const rows = [here, row('b', '/pricing', ['rage']), row('c', '/', []), row('d', '/pricing', [], now - 31 * 60_000)];
    expect(outlookOf(here, answer, rows, now)).toMatchObject({ signal: null, others: { part: 99, whole: 399 } });
  });

  it('is the site’s where nothing is known of the page, and says so', () => {
    const here = row('a', '/new', ['dead']);
    const outlook = outlookOf(here, answer, [here], now);
    expect(outlook?.estimate).toBeCloseTo(0.25);
    expect(outlook && outlookText(outlook)).toBe(
      'No other view with a dead click here is known yet: about 25% likely to leave, as on the whole site.',
    );
  });

  it('is not told of a session without a page', () => {
    expect(outlookOf(row('a', null, []), answer, [], now)).toBeNull();
  });
});
