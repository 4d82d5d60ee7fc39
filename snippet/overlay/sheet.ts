/** The page as a surface, like the dashboard's pictures of it, but as it stands in the window now. */
import type { PaneScroll } from '../../functions/contract/answer.ts';
import type { HeatElement } from '../../web/view/element-heat.ts';
import type { PlacedElement } from '../../web/view/heatmap-view.ts';
import type { PlacedPane } from '../../web/view/pane-map.ts';
import { scroller } from '../capture/scroller.ts';
import { everywhere, intersection, isEmpty, type Rect, type Showing } from './projection.ts';

/** What scrolls: the document, or the pane that stands for it. */
export interface Sheet {
  /** Where it begins, in px of the window. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** What of the window it may fill. */
  clip: Rect;
}

export function sheetNow(): Sheet {
  const main = scroller();
  const { clientWidth: width, scrollHeight: height } = main;
  if (main === document.documentElement) return { left: -scrollX, top: -scrollY, width, height, clip: everywhere };
  const clip = main.getBoundingClientRect();
  return { left: clip.left - main.scrollLeft, top: clip.top - main.scrollTop, width, height, clip };
}

export type Finder = (key: string) => (Showing & { element: Element }) | null;

/** Elements where they stand on the sheet, as far as they are let through. */
export function placedOnSheet(elements: readonly HeatElement[], sheet: Sheet, find: Finder): PlacedElement[] {
  return elements.map(({ key, label, clickable, counts }) => {
    const showing = find(key);
    const rect = showing && intersection(showing.box, showing.clip);
    const box = rect && !isEmpty(rect) ? boxOn(sheet, rect) : null;
    return { key, label, clickable, counts, box, exact: box !== null };
  });
}

/** Panes as far as somebody has scrolled them. */
export function panesOnSheet(panes: readonly PaneScroll[], sheet: Sheet, find: Finder): PlacedPane[] {
  return panes.flatMap((pane): PlacedPane[] => {
    const showing = find(pane.key);
    const rect = showing && intersection(showing.box, showing.clip);
    if (!showing || !rect || isEmpty(rect)) return [];
    const { scrollTop, scrollHeight } = showing.element;
    return [{ pane, box: boxOn(sheet, rect), top: showing.box.top - scrollTop - sheet.top, height: scrollHeight }];
  });
}

function boxOn({ left, top }: Sheet, rect: Rect): [number, number, number, number] {
  return [rect.left - left, rect.top - top, rect.right - rect.left, rect.bottom - rect.top];
}
