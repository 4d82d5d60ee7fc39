import { navigation, titleLengthMax, type WirePage } from '../../functions/contract/event.ts';
import { guard, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { scroller } from './scroller.ts';

/** The widest of the contract's device classes but the last: a page's entry holds for one of them. */
const classEdgesPx = [599, 1_023];

/**
 * Counts each navigation of a single-page application.
 * @param isManual only the function that is returned counts views
 * @param hasHash the hash is part of the path
 * @param left called before each view
 * @param viewed called after it
 * @returns counts a view of the page as it is now; `how` is one of the contract's `navigation`
 */
export function startPageView(
  pulse: Pulse,
  isManual: boolean,
  hasHash: boolean,
  left: () => void,
  viewed: () => void,
): (how: number) => void {
  let query = '';

  const pathOf = () => location.pathname + (hasHash ? location.hash : '');

  function view(how: number) {
    query = location.search;
    const parameters = new URLSearchParams(query);
    const utmOf = (name: string) => parameters.get(`utm_${name}`) || '';
    const utm = [utmOf('source'), utmOf('medium'), utmOf('campaign'), utmOf('term'), utmOf('content')];
    // A referrer leads to a load, not to each of its views. Ingest leaves out the site itself.
    const referrer = pulse.current() ? '' : document.referrer.replace(/[?#].*/, '');
    left();
    pulse.view([pathOf(), '', referrer, innerWidth, innerHeight, 0, utm.join('') ? utm : []], how);
    viewed();
  }

  const navigated = guard((how: number) => {
    // Applications keep filters and scroll positions by `replaceState`: only another path is another page.
    const page = pulse.current();
    const isOther = page && (page[0] !== pathOf() || (how !== navigation.replace && query !== location.search));
    query = location.search;
    if (isOther && !isManual) view(how);
  });

  /** Stands between the page and the browser's `pushState` or `replaceState`. */
  function watch(method: 'pushState' | 'replaceState', how: number) {
    const original = history[method];
    history[method] = function (this: History, ...args) {
      // What the page had put there may answer, or throw though the address has changed.
      try {
        return original.apply(this, args);
      } finally {
        navigated(how);
      }
    };
  }

  watch('pushState', navigation.push);
  watch('replaceState', navigation.replace);
  on('popstate hashchange', () => navigated(hasHash ? navigation.hash : navigation.pop));
  on('resize', () => {
    const page = pulse.current();
    if (!page || !classEdgesPx.some((edge) => page[3] > edge !== innerWidth > edge)) return;
    const next: WirePage = [...page];
    next[3] = innerWidth;
    next[4] = innerHeight;
    pulse.turn(next);
  });
  return view;
}

/** Titles and heights come late: an entry is brought up to date as long as it has not left. */
export function refresh(page?: WirePage): void {
  if (!page) return;
  page[1] = document.title.slice(0, titleLengthMax);
  page[5] = scroller().scrollHeight;
}
