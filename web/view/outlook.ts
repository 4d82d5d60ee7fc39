/**
 * How likely a session that is not over leaves from where it is: told by how many others went no further from there, after the most telling
 * thing that it has met there. Pure.
 */
import type { LeavingAnswer, LeavingSum } from '../../functions/contract/leaving-answer.ts';
import type { SessionRow } from '../../functions/contract/session-answer.ts';
import { sessionPath } from '../../functions/contract/session-path.ts';
import type { Signal } from '../../functions/contract/signal.ts';
import { formatNumbered, formatWhole } from './number-format.ts';
import type { Share } from './share-test.ts';
import { shrunkenShare } from './wilson.ts';

/** May still go on: not over for want of activity. */
const sessionGapMaxMs = 30 * 60_000;

export interface Outlook {
  /** Null: the page itself. */
  signal: Signal | null;
  /** Others that were there, and those that went no further. */
  others: Share;
  /** 0..1, shrunken towards the site's share. */
  estimate: number;
}

/** Frustration tells more than a page alone; the rarer first, whatever the counts are: to choose by them would be to choose what looks worst. */
const telling: readonly Signal[] = ['rage', 'dead', 'hesitation'];

type Here = Pick<SessionRow, 'id' | 'exit' | 'signals' | 'last'>;

/** `rows`: sessions, the one asked about included; those that may still go on have not left yet, though they are counted so. Null: it is on no page. */
export function outlookOf(row: Here, answer: LeavingAnswer, rows: readonly Here[], now: number): Outlook | null {
  if (row.exit === null) return null;
  const signal = telling.find((one) => row.signals.includes(one)) ?? null;
  const open = rows.filter(
    (one) => now - one.last < sessionGapMaxMs && (signal === null || one.signals.includes(signal)),
  );
  const page = answer.rows.find(({ path }) => sessionPath(path) === row.exit);
  const others = without(page ? countsOf(page, signal) : none, open.filter(({ exit }) => exit === row.exit).length);
  const site = without(countsOf(answer.site, signal), open.length);
  const all = without(countsOf(answer.site, null), open.length);
  return {
    signal,
    others,
    estimate: shrunkenShare(others, shrunkenShare(site, all.whole > 0 ? all.part / all.whole : 0)),
  };
}

const none: Share = { part: 0, whole: 0 };

function countsOf({ views, left, met }: LeavingSum, signal: Signal | null): Share {
  return signal === null ? { part: left, whole: views } : { part: met[signal].left, whole: met[signal].views };
}
function without({ part, whole }: Share, open: number): Share {
  return { part: Math.max(0, part - open), whole: Math.max(0, whole - open) };
}

const met: Record<Signal, string> = {
  rage: 'a rage click',
  dead: 'a dead click',
  hesitation: 'a hesitation',
  engaged: 'engagement',
  read: 'reading',
};

/** "12 of 31 views with a rage click here went no further: about 37% likely to leave." */
export function outlookText({ signal, others: { part, whole }, estimate }: Outlook): string {
  const such = signal === null ? '' : ` with ${met[signal]}`;
  const likely = `about ${Math.round(100 * estimate)}% likely to leave`;
  if (whole === 0) return `No other view${such} here is known yet: ${likely}, as on the whole site.`;
  return `${formatWhole(part)} of ${formatNumbered(whole, 'view')}${such} here went no further: ${likely}.`;
}
