import type { BreakdownAnswer } from '../../../functions/contract/answer.ts';
import { otherValue } from '../../../functions/contract/counter.ts';
import type { TargetKind } from '../../../functions/contract/goal.ts';
import type { Api } from '../../live/api.ts';
import { spanOf } from '../../view/date-range.ts';

/** By kind, what the site has seen: most often first. */
export type SeenTargets = Record<TargetKind, string[]>;
export const nothingSeen: SeenTargets = { page: [], event: [], outbound: [], download: [] };

const suggestedMax = 50;

/** What might be a goal: pages and what was done of the last thirty days. */
export async function loadSeenTargets(
  api: Pick<Api, 'pages' | 'breakdown'>,
  now: number,
  zone: string,
): Promise<SeenTargets> {
  const span = spanOf('30d', now, zone);
  const [pages, event, outbound, download] = await Promise.all([
    api.pages(span),
    ...(['event', 'outbound', 'download'] as const).map((dimension) => api.breakdown(span, dimension)),
  ]);
  return {
    page: pages.rows
      .map(({ path }) => path)
      .filter(isOne)
      .slice(0, suggestedMax),
    // An event's properties are values of their own: `signed up · plan=pair`.
    event: valuesOf(event).filter((value) => !value.includes(' · ')),
    outbound: valuesOf(outbound),
    download: valuesOf(download),
  };
}

function valuesOf(answer: BreakdownAnswer | undefined): string[] {
  return (answer?.rows ?? []).map(({ value }) => value).filter(isOne);
}
function isOne(value: string): boolean {
  return value !== otherValue;
}
