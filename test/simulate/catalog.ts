/** The simulated site: its pages, what stands on them, and who comes to see it. */
import type { WireElement, WirePage } from '../../functions/contract/event.ts';
import type { Funnel, Goal, Target } from '../../functions/contract/goal.ts';
import type { Random } from './random.ts';

export const site = 'shop';
export const writeKey = 'write-shop';
export const origin = 'https://shop.example';

interface CatalogPage {
  path: string;
  title: string;
  height: number;
}

/** Some of them are one page under the site's rules, or become one when the rules are edited. */
export const pages: [CatalogPage, ...CatalogPage[]] = [
  { path: '/', title: 'Shop', height: 2_400 },
  { path: '/index.html', title: 'Shop', height: 2_400 },
  { path: '/pricing/', title: 'Pricing', height: 900 },
  { path: '/product/1', title: 'Kettle', height: 3_100 },
  { path: '/product/2', title: 'Mill', height: 3_000 },
  { path: '/About', title: '', height: 600 },
  { path: '/blog/long-read', title: 'A long read', height: 20_000 },
];

const elements: [WireElement, ...WireElement[]] = [
  [0, '#buy', 'Buy', 40, 700, 160, 48, 1],
  [0, 'nav>a', 'Pricing', 500, 10, 90, 30, 1],
  [0, 'main', '', 0, 80, 1_180, 2_200, 0],
  [0, 'article', '', 60, 120, 700, 9_000, 0],
  [0, 'form>button', 'Send', 40, 1_400, 120, 40, 1],
];

export const agents: [string, ...string[]] = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Gecko/20100101 Firefox/127.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
];
export const countries: [string, ...string[]] = ['AT', 'DE', 'CH', ''];
export const languages: [string, ...string[]] = ['de-AT', 'en', 'fr-CH', ''];
const viewports: [number, number][] = [
  [1_280, 800],
  [1_600, 900],
  [834, 1_112],
  [390, 844],
];
const referrers: [string, ...string[]] = [
  '',
  '',
  'https://www.news.example/today',
  'https://search.example/',
  `${origin}/`,
];
const utms: [string[], ...string[][]] = [
  [],
  [],
  ['mail', 'newsletter', 'spring', '', ''],
  ['ads', '', '', 'kettle', 'b'],
];

const goals: Goal[] = [
  { name: 'A product', what: 'page', match: '/product/:id' },
  { name: 'Anything of the blog', what: 'page', match: '/blog/*' },
  { name: 'Signed up', what: 'event', match: 'signup' },
  { name: 'Paid', what: 'outbound', match: 'https://pay.example/' },
  { name: 'The menu', what: 'download', match: 'https://shop.example/*' },
];
const home: Target = { what: 'page', match: '/' };
const product: Target = { what: 'page', match: '/product/:id' };
const funnels: Funnel[] = [
  { name: 'To a sign-up', steps: [home, product, { what: 'event', match: 'signup' }] },
  { name: 'There and back', steps: [product, home, product, { what: 'outbound', match: '*' }] },
  {
    name: 'Read on',
    steps: [
      { what: 'page', match: '/*' },
      { what: 'page', match: '/blog/*' },
    ],
  },
];

/** What the site's owner wants to be reached, now that the settings are saved: two in three of each. */
export function goalsFor(random: Random): { goals: Goal[]; funnels: Funnel[] } {
  return { goals: goals.filter(() => random.chance(2 / 3)), funnels: funnels.filter(() => random.chance(2 / 3)) };
}

export function viewportOf(random: Random): [number, number] {
  return random.one(viewports as [[number, number], ...[number, number][]]);
}

export function pageFor(random: Random, [width, height]: [number, number], isFirst: boolean): WirePage {
  const page = random.one(pages);
  const referrer = isFirst ? random.one(referrers) : '';
  return [page.path, page.title, referrer, width, height, page.height, isFirst ? random.one(utms) : []];
}

/** On page 0. Boxes differ with the viewport, and a box that has grown has other cells. */
export function elementFor(random: Random, width: number): WireElement {
  const [page, key, label, x, y, boxWidth, boxHeight, clickable] = random.one(elements);
  const scale = width < 600 ? 0.4 : random.chance(0.1) ? 3 : 1;
  return [page, key, label, x, y, Math.round(boxWidth * scale), Math.round(boxHeight * scale), clickable];
}
