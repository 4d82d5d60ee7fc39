import type { AnswerRange } from './answer.ts';

/** How often views of page `from` were followed by a view of page `to`. */
export interface TransitionRow {
  from: string;
  to: string;
  count: number;
}

/** A number of times, and how many that is for each view of the page that was asked for: 0.25 is once in four views. */
export interface Flow {
  count: number;
  share: number;
}
/** A page that was come from or gone to. */
export interface PageFlow extends Flow {
  path: string;
}
/** An outbound link of the page. Opening it in the same window ends a session, which then also counts among the exits. */
export interface LinkFlow extends Flow {
  url: string;
}

/** What came before the views of a page, and what after. Several tabs may be opened from one view: then more comes after than was viewed. */
export interface PagePaths {
  path: string;
  pageViews: number;
  /** Sessions that began with the page. */
  entries: Flow;
  /** Sessions that ended with it. */
  exits: Flow;
  before: PageFlow[];
  /** Pages beyond the limit. */
  beforeOther: Flow;
  after: PageFlow[];
  afterOther: Flow;
  outbound: LinkFlow[];
  outboundOther: Flow;
}

/** `rows`: transitions between pages, most first; with a page asked for, those to it and from it. `other` sums the rest. */
export interface TransitionsAnswer extends AnswerRange {
  rows: TransitionRow[];
  other: { count: number };
  /** Of the page that was asked for; null where none was. */
  page: PagePaths | null;
}
