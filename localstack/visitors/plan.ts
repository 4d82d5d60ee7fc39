import { kind } from '../../functions/contract/event.ts';
import type { Device } from '../../functions/contract/record.ts';
import type { DemoElement, DemoLayout, DemoPages } from './demo-layout.ts';
import { formVisits } from './form-visits.ts';
import type { Random } from './random.ts';

/** Something that a person does on a page, `at` ms after arriving there. */
export type Action = { at: number } & (
  | { what: 'move'; on: DemoElement; fx: number; fy: number; restMs: number }
  | { what: 'hover'; on: DemoElement; fx: number; fy: number; ms: number; hesitated: boolean }
  | { what: 'click' | 'rage' | 'dead'; on: DemoElement; fx: number; fy: number }
  | { what: 'field'; on: DemoElement; ms: number; changed: boolean }
  | { what: 'abandon'; on: DemoElement }
  | { what: 'scroll'; top: number }
  | { what: 'outbound'; url: string }
  | { what: 'custom'; name: string; properties: Record<string, string> }
);

export interface PlannedView {
  path: string;
  title: string;
  layout: DemoLayout;
  /** How the person came here: a document of its own, or a view within the one before. */
  arrival: 'load' | 'push';
  actions: Action[];
  dwellMs: number;
}

/** A whole visit, decided by its seed before it begins. */
export interface Plan {
  /** A loopback address of its own: with the agent, it makes the visitor. */
  address: string;
  agent: string;
  language: string;
  device: Device;
  referrer: string;
  utm: string[];
  views: PlannedView[];
}

const agents: Record<Device, readonly (readonly [string, number])[]> = {
  desktop: [
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36',
      5,
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15',
      2,
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 1],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36 Edg/146.0.0.0',
      2,
    ],
  ],
  tablet: [
    [
      'Mozilla/5.0 (iPad; CPU OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
      1,
    ],
  ],
  mobile: [
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
      3,
    ],
    [
      'Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Mobile Safari/537.36',
      4,
    ],
  ],
};
const devices = [
  ['desktop', 8],
  ['mobile', 3],
  ['tablet', 1],
] as const;
const languages = [
  ['en-US', 5],
  ['de-DE', 2],
  ['fr-FR', 1],
  ['ja-JP', 1],
  ['pt-BR', 1],
] as const;
const referrers = [
  ['', 4],
  ['https://www.google.com/', 4],
  ['https://news.ycombinator.com/item', 1],
  ['https://duckduckgo.com/', 1],
  ['https://www.instagram.com/', 1],
] as const;
const campaigns: readonly (readonly [string[], number])[] = [
  [[], 12],
  [['newsletter', 'email', 'autumn', '', 'header'], 2],
  [['instagram', 'social', 'autumn', '', 'story'], 1],
];
const landings: readonly (readonly [number, number])[] = [
  [0, 6],
  [1, 2],
  [2, 3],
  [3, 1],
  [4, 1],
];

/** As the snippet waits before it calls a click dead. */
const deadAfterMs = 2_500;
/** The demo site has one that does nothing. */
const deadButton = '#listen';

/** How strongly an element draws clicks: a fixed taste per page and element, so that each page's map has a shape of its own. */
function pull(path: string, element: DemoElement): number {
  let sum = 7;
  for (const char of path + element.key) sum = (sum * 31 + char.charCodeAt(0)) % 9973;
  const taste = 0.15 + (sum / 9973) ** 3 * 4;
  // What stands above the fold and is large enough to be seen draws more.
  return taste * (element.y < 900 ? 3 : 1) * Math.min(3, 0.5 + (element.width * element.height) / 12_000);
}

function planView(
  random: Random,
  pages: DemoPages,
  path: string,
  device: Device,
  arrival: 'load' | 'push',
): PlannedView {
  const page = pages[path];
  const layout = page?.layouts[device];
  if (!page || !layout) throw new RangeError(`the demo site has no page ${path} on ${device}`);
  const dwellMs = Math.round(random.waiting(3_000, 14_000, 60_000));
  const reader = new Reader(random, path, layout);
  const actions: Action[] = [];
  for (let at = random.whole(200, 700); at < dwellMs - 100; at += random.whole(120, 400)) {
    const action = reader.act(at);
    // A finger neither rests nor hovers: of touch, the snippet tells neither.
    if (device === 'desktop' || (action.what !== 'move' && action.what !== 'hover')) actions.push(action);
    if (action.what !== 'click' || (action.on.clickable && action.on.key !== deadButton)) continue;
    // That nothing followed is known 2.5 s later, if the page is still there.
    if (at + deadAfterMs < dwellMs) actions.push({ ...action, at: at + deadAfterMs, what: 'dead' });
  }
  if (random.chance(0.04)) actions.push({ at: dwellMs - 60, what: 'outbound', url: 'https://example.com/partner' });
  if (path.startsWith('/shop/product/') && random.chance(0.3)) {
    actions.push({
      at: dwellMs - 50,
      what: 'custom',
      name: 'add to bag',
      properties: { product: page.title.split(' — ')[0] ?? '' },
    });
  }
  actions.push(...formVisits(actions, dwellMs, random));
  actions.sort((one, other) => one.at - other.at);
  return { path, title: page.title, layout, arrival, actions, dwellMs };
}

/** Somebody in front of a page: scrolls down part of it, the pointer drifting along, and now and then goes for something. */
class Reader {
  readonly #random: Random;
  readonly #path: string;
  readonly #layout: DemoLayout;
  readonly #depthPx: number;
  #top = 0;
  #x: number;
  #y: number;

  constructor(random: Random, path: string, layout: DemoLayout) {
    this.#random = random;
    this.#path = path;
    this.#layout = layout;
    this.#depthPx = Math.max(0, layout.height - layout.viewportHeight) * random.next() ** 1.4;
    this.#x = layout.viewportWidth * random.around(0.5, 0.25);
    this.#y = layout.viewportHeight * random.around(0.45, 0.25);
  }

  act(at: number): Action {
    const turn = this.#random.next();
    if (turn < 0.2 && this.#top < this.#depthPx) return this.#scroll(at);
    const targets = this.#layout.elements.filter((element) => element.clickable && this.#isSeen(element));
    if (turn < 0.9 || targets.length === 0) return this.#drift(at, turn);
    const on = this.#random.pick(targets.map((element) => [element, pull(this.#path, element)] as const));
    const spot = { at, on, fx: this.#random.around(0.5, 0.3), fy: this.#random.around(0.5, 0.3) };
    this.#x = on.x + spot.fx * on.width;
    this.#y = on.y + spot.fy * on.height;
    if (turn < 0.98) {
      return { ...spot, what: 'hover', ms: this.#random.whole(300, 2_500), hesitated: this.#random.chance(0.15) };
    }
    return { ...spot, what: this.#random.chance(0.03) ? 'rage' : 'click' };
  }

  #scroll(at: number): Action {
    const { height, viewportHeight } = this.#layout;
    const down = Math.min(this.#random.whole(120, viewportHeight), height - viewportHeight - this.#top);
    this.#top += down;
    // The pointer stays where it is on the screen.
    this.#y += down;
    return { at, what: 'scroll', top: this.#top };
  }

  #drift(at: number, turn: number): Action {
    const { viewportWidth, viewportHeight } = this.#layout;
    this.#x = clamp(this.#x + this.#random.whole(-110, 110), 4, viewportWidth - 4);
    this.#y = clamp(this.#y + this.#random.whole(-80, 80), this.#top + 4, this.#top + viewportHeight - 4);
    const on = this.#sectionAt(this.#x, this.#y);
    const fx = (this.#x - on.x) / Math.max(1, on.width);
    const fy = (this.#y - on.y) / Math.max(1, on.height);
    const restMs = this.#random.whole(100, 900);
    // Now and then somebody clicks on what is only text or a picture, and nothing comes of it.
    return turn > 0.899 && turn < 0.9 ? { at, what: 'click', on, fx, fy } : { at, what: 'move', on, fx, fy, restMs };
  }

  /** The innermost section under the pointer. */
  #sectionAt(x: number, y: number): DemoElement {
    const under = this.#layout.sections.filter(
      (one) => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height,
    );
    under.sort((a, b) => a.width * a.height - b.width * b.height);
    const found = under[0] ?? this.#layout.sections[0];
    if (!found) throw new RangeError(`the demo page ${this.#path} has no sections`);
    return found;
  }

  #isSeen({ y, height }: DemoElement): boolean {
    return y + height > this.#top && y < this.#top + this.#layout.viewportHeight;
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** How strongly a page leads to another: who is in the shop looks at what there is. */
function attraction(from: string, to: string): number {
  if (from === to) return 0;
  if (from === '/' && to === '/shop') return 4;
  return from === '/shop' && to.startsWith('/shop/product/') ? 3 : 1;
}

/** Plans the visit of visitor number `index`. */
export function planVisit(random: Random, index: number, pages: DemoPages): Plan {
  const device = random.pick(devices);
  const paths = Object.keys(pages);
  const views: PlannedView[] = [];
  let path = paths[random.pick(landings) % paths.length] ?? '/';
  let arrival: 'load' | 'push' = 'load';
  do {
    views.push(planView(random, pages, path, device, arrival));
    const from = path;
    const next = random.pick(paths.map((to) => [to, attraction(from, to)] as const));
    arrival = path.startsWith('/shop') && next.startsWith('/shop') ? 'push' : 'load';
    path = next;
  } while (views.length < 6 && random.chance(0.55));
  return {
    // 127.1.0.1 upwards: 127.0.0.1 stays the person's own.
    address: `127.${1 + (Math.floor(index / 62_500) % 250)}.${Math.floor(index / 250) % 250}.${1 + (index % 250)}`,
    agent: random.pick(agents[device]),
    language: random.pick(languages),
    device,
    referrer: random.pick(referrers),
    utm: random.pick(campaigns),
    views,
  };
}

/** Events that a view makes when it is carried out, without those that the snippet adds by the clock. */
export function eventCount(view: PlannedView): number {
  return view.actions.length + 1;
}

/** The kinds of event that the site's `events` counter counts: what people do, not the signs of life and sums of time. */
export const countedKinds: ReadonlySet<number> = new Set([
  kind.view,
  kind.click,
  kind.rage,
  kind.dead,
  kind.field,
  kind.move,
  kind.hover,
  kind.outbound,
  kind.download,
  kind.custom,
]);
