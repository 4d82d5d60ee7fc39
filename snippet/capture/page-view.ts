import {
  navigation,
  pathLengthMax,
  pixelsMax,
  titleLengthMax,
  urlLengthMax,
  type WirePage,
} from '../../functions/contract/event.ts';
import { history, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { contentHeight, restartScroll } from './scroll.ts';

export interface PageViewOptions {
  /** Views are only counted by the function that `startPageView` returns. */
  isManual: boolean;
  /** The hash is part of the path. */
  hasHash: boolean;
}

const utmNames = ['source', 'medium', 'campaign', 'term', 'content'];

/**
 * Counts the first view and, in single-page applications, each navigation.
 * @returns counts a view of the page as it is now
 */
export function startPageView(pulse: Pulse, { isManual, hasHash }: PageViewOptions): () => void {
  let viewed = '';

  const pathOf = () => (location.pathname + (hasHash ? location.hash : '')).slice(0, pathLengthMax);
  const placeOf = () => location.pathname + location.search + (hasHash ? location.hash : '');

  function view(how: number) {
    viewed = placeOf();
    pulse.view(currentPage(pathOf(), how === navigation.load || isManual), how);
    restartScroll();
  }

  function navigated(how: number) {
    const page = pulse.page();
    if (isManual || !page || placeOf() === viewed) return;
    // Applications keep filters and scroll positions by `replaceState`: only another path is another page.
    if (how !== navigation.replace || page[0] !== pathOf()) view(how);
    else viewed = placeOf();
  }

  watchHistory(navigated);
  on(
    window,
    'popstate',
    () => location.pathname + location.search !== viewed.split('#')[0] && navigated(navigation.pop),
  );
  on(window, 'hashchange', () => navigated(navigation.hash));
  on(window, 'pageshow', (event: PageTransitionEvent) => event.persisted && !isManual && view(navigation.restore));
  // Titles and heights come late: the entry is brought up to date as long as it has not left.
  pulse.collect(() => {
    const page = pulse.page();
    if (page) measure(page);
  });
  on(window, 'resize', () => {
    const page = pulse.page();
    if (page && deviceClass(page[3]) !== deviceClass(innerWidth)) pulse.turn(measure([...page]));
  });
  if (!isManual) view(navigation.load);
  return () => view(navigation.manual);
}

/** Hears of `pushState` and `replaceState`, from the browser where it tells, else by standing in between. */
function watchHistory(navigated: (how: number) => void) {
  const hows = { push: navigation.push, replace: navigation.replace };
  for (const name of ['push', 'replace'] as const) {
    const method = `${name}State` as const;
    const original = history[method];
    history[method] = function (this: History, ...args) {
      original.apply(this, args);
      try {
        navigated(hows[name]);
      } catch {
        // The page goes on without us.
      }
    };
  }
}

function currentPage(path: string, isFirst: boolean): WirePage {
  const query = new URLSearchParams(location.search);
  const utm = utmNames.map((name) => (query.get(`utm_${name}`) || '').slice(0, urlLengthMax));
  return measure([path, '', isFirst ? externalReferrer() : '', 0, 0, 0, utm.some(Boolean) ? utm : []]);
}

function externalReferrer(): string {
  try {
    const { origin, pathname } = new URL(document.referrer);
    return origin === location.origin ? '' : (origin + pathname).slice(0, urlLengthMax);
  } catch {
    return '';
  }
}

function measure(page: WirePage): WirePage {
  page[1] = document.title.slice(0, titleLengthMax);
  page[3] = innerWidth;
  page[4] = innerHeight;
  page[5] = Math.min(pixelsMax, contentHeight());
  return page;
}

/** The contract's device classes: a page's entry holds for one of them. */
function deviceClass(width: number): number {
  return width < 600 ? 0 : width < 1024 ? 1 : 2;
}
