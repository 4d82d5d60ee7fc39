/** The two sides of a page: rows for what came before its views and what after, and the ribbons that lead to them. Pure. */
import { otherValue } from '../../functions/contract/counter.ts';
import type { Flow, PageFlow, PagePaths } from '../../functions/contract/transitions-answer.ts';

export interface FlowRow {
  id: string;
  /** `edge`: a session began or ended. `rest`: pages that are not listed. `link`: leads off the site. */
  kind: 'page' | 'edge' | 'rest' | 'link';
  label: string;
  /** The page to walk to; null for what is none. */
  path: string | null;
  count: number;
  /** For each view of the page. */
  share: number;
}

const named = (id: string, kind: FlowRow['kind'], label: string, { count, share }: Flow): FlowRow => {
  return { id, kind, label, path: null, count, share };
};

/** Sessions that began here always stand first, and those that ended here after the pages, so that rows keep their places. */
export function beforeRows({ entries, before, beforeOther }: PagePaths): FlowRow[] {
  return [named('entries', 'edge', 'Entered here', entries), ...before.map(pageRow), ...restRows(beforeOther)];
}

export function afterRows({ after, afterOther, exits, outbound, outboundOther }: PagePaths): FlowRow[] {
  return [
    ...after.map(pageRow),
    ...restRows(afterOther),
    named('exits', 'edge', 'Left here', exits),
    ...outbound.map((link) => named(`link ${link.url}`, 'link', linkLabel(link.url), link)),
    ...(outboundOther.count > 0 ? [named('links', 'link', 'Other links out', outboundOther)] : []),
  ];
}

function pageRow({ path, count, share }: PageFlow): FlowRow {
  const isNamed = path !== otherValue;
  return {
    id: path,
    kind: 'page',
    label: isNamed ? path : 'Pages beyond the limit',
    path: isNamed ? path : null,
    count,
    share,
  };
}
function restRows(rest: Flow): FlowRow[] {
  return rest.count > 0 ? [named('rest', 'rest', 'Other pages', rest)] : [];
}
function linkLabel(url: string): string {
  return url === otherValue ? 'Links beyond the limit' : url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/** Height of a row, px; the styles say the same. */
export const flowRowPx = 40;
/** Width of the room between the rows and the page, in units of the drawing. */
export const ribbonWidth = 100;
const ribbonMaxPx = 28;
const ribbonMinPx = 1.5;
const pageMinPx = 96;

export interface Ribbon {
  id: string;
  kind: FlowRow['kind'];
  /** Of a filled path, from the row on the left to the page on the right. */
  d: string;
}

/** How high the drawing is, and the page within it. */
export function flowHeight(before: readonly FlowRow[], after: readonly FlowRow[]): { height: number; page: number } {
  const height = Math.max(before.length, after.length, 3) * flowRowPx;
  return { height, page: Math.min(height, Math.max(pageMinPx, height * 0.7)) };
}

/**
 * From each row's middle to its part of the page's side, as thick as its count there. Links share the room of the exits: who
 * follows one in the same window ends the session.
 */
export function ribbons(rows: readonly FlowRow[], { height, page }: { height: number; page: number }): Ribbon[] {
  const stacked = rows.filter(({ kind }) => kind !== 'link');
  const total = stacked.reduce((sum, { count }) => sum + count, 0);
  const top = (height - rows.length * flowRowPx) / 2 + flowRowPx / 2;
  let at = (height - page) / 2;
  return rows.flatMap(({ id, kind, count }, index) => {
    if (count === 0 || total === 0) return [];
    const thick = (page * count) / total;
    const middle = kind === 'link' ? (height + page) / 2 - ribbonMinPx : at + thick / 2;
    if (kind !== 'link') at += thick;
    const inner = kind === 'link' ? ribbonMinPx : Math.max(ribbonMinPx, thick);
    return [{ id, kind, d: ribbon(top + index * flowRowPx, Math.min(ribbonMaxPx, inner), middle, inner) }];
  });
}

function ribbon(from: number, fromThick: number, to: number, toThick: number): string {
  const half = ribbonWidth / 2;
  const [a, b, c, d] = [from - fromThick / 2, to - toThick / 2, to + toThick / 2, from + fromThick / 2].map((y) =>
    y.toFixed(1),
  );
  return `M0 ${a}C${half} ${a} ${half} ${b} ${ribbonWidth} ${b}V${c}C${half} ${c} ${half} ${d} 0 ${d}Z`;
}
