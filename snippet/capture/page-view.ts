import { navigation, titleLengthMax, type WirePage } from '../../functions/contract/event.ts';
import { guard, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { scroller } from './scroll.ts';

/**
 * Counts the first view and, in single-page applications, each navigation.
 * @param isManual only the function that is returned counts views
 * @param hasHash the hash is part of the path
 * @param viewed called after each view
 * @returns counts a view of the page as it is now; `how` is one of the contract's `navigation`
 */
export function startPageView(
  pulse: Pulse,
  isManual: boolean,
  hasHash: boolean,
  viewed: () => void,
): (how: number) => void {
  let page: WirePage | undefined;
  let place = '';

  const placeOf = (query: string) => location.pathname + query + (hasHash ? location.hash : '');

  function view(how: number) {
    place = placeOf(location.search);
    const query = new URLSearchParams(location.search);
    const utm = ['source', 'medium', 'campaign', 'term', 'content'].map((name) => query.get(`utm_${name}`) || '');
    const referrer = document.referrer.replace(/[?#].*/, '');
    // A referrer leads to a load, not to each of its views.
    const isExternal = !page && !referrer.startsWith(`${location.origin}/`);
    const next = measured([placeOf(''), '', isExternal ? referrer : '', 0, 0, 0, utm.join('') ? utm : []]);
    pulse.view(next, how);
    page = next;
    viewed();
  }

  function navigated(how: number) {
    if (isManual || !page || placeOf(location.search) === place) return;
    // Applications keep filters and scroll positions by `replaceState`: only another path is another page.
    if (how !== navigation.replace || page[0] !== placeOf('')) view(how);
    else place = placeOf(location.search);
  }

  /** Stands between the page and the browser's `pushState` or `replaceState`. */
  function watch(method: 'pushState' | 'replaceState', how: number) {
    const original = history[method];
    const heard = guard(() => navigated(how));
    history[method] = function (this: History, ...args) {
      original.apply(this, args);
      heard();
    };
  }

  watch('pushState', navigation.push);
  watch('replaceState', navigation.replace);
  on('popstate hashchange', () => navigated(hasHash ? navigation.hash : navigation.pop));
  on('resize', () => {
    if (!page || deviceClass(page[3]) === deviceClass(innerWidth)) return;
    const next = measured([...page]);
    pulse.turn(next);
    page = next;
  });
  pulse.collect(() => page && measured(page));
  if (!isManual) view(navigation.load);
  return view;
}

/** Titles and heights come late: an entry is brought up to date as long as it has not left. */
function measured(page: WirePage): WirePage {
  page[1] = document.title.slice(0, titleLengthMax);
  page[3] = innerWidth;
  page[4] = innerHeight;
  page[5] = scroller().scrollHeight;
  return page;
}

/** The contract's device classes: a page's entry holds for one of them. */
function deviceClass(width: number): number {
  return Number(width > 599) + Number(width > 1023);
}
