import type { Browser, Page } from 'playwright-core';
import { eventually, type Product, visitorContext } from '../product.ts';
import { type OwnSite, openOwnSite } from './own-site.ts';
import { type MadeView, Walker } from './walker.ts';
import { placeWitness } from './witness.ts';

export interface Visit {
  views: MadeView[];
  /** Of the two returns to a page, whether it came out of the back/forward cache. */
  returns: boolean[];
  /** The page of another host that a link led to. */
  outboundUrl: string;
  referrerHost: string;
}

const journal = '/article.html';
const guide = '/docs.html';

/** One person reads, shops, writes and signs up, in one tab that is closed at the end. */
export async function visitAll(browser: Browser, product: Product): Promise<Visit> {
  const demo = (path: string) => new URL(path, product.urls.demoUrl).href;
  const context = await visitorContext(browser, 146);
  const witness = await placeWitness(context);
  const views: MadeView[] = [];
  const walker = new Walker(await context.newPage(), witness, views);
  const ownSite = await openOwnSite(
    product.urls.snippetUrl,
    demo('/signup.html?utm_source=letter&utm_campaign=spring&who=me'),
  );

  await walker.load(demo('/'), () => walker.page.goto(demo('/'), { waitUntil: 'commit' }));
  await walker.view('/');
  await readLanding(walker);
  await walker.load(demo('/shop'), () => walker.click('#nav-shop', '#nav-shop', [0.5, 0.5]));
  await walker.view('/shop');
  await shop(walker);
  await walker.load(demo(journal), () => walker.click('#nav-journal', '#nav-journal', [0.5, 0.5]));
  await walker.view(journal);
  await readJournal(walker);
  await walker.load(demo(guide), () => walker.click('#nav-guide', '#nav-guide', [0.4, 0.6]));
  await walker.view(guide, '#pane');
  await readGuide(walker);
  // Only a page at rest is kept: its view has been answered for when it is counted.
  await eventually(
    () => product.ask<{ rows: { path: string }[] }>('pages'),
    ({ rows }) => rows.some(({ path }) => path === guide),
  );
  const shownBefore = witness.persisted.length;
  await walker.load(demo(journal), () => turnPages(walker.page, -1));
  await walker.view(journal);
  await walker.click('#article>p', '#article > .by', [0.3, 0.4]);
  await walker.load(demo(guide), () => turnPages(walker.page, 1));
  await walker.view(guide, '#pane');
  await walker.click('#pane>h1', '#pane > h1', [0.7, 0.5]);
  const returns = witness.persisted.slice(shownBefore);
  await browseOwnSite(walker, ownSite);
  await walker.load(/\/signup\.html\?/, () => walker.click('#to-signup', '#to-signup', [0.5, 0.5]));
  await walker.view('/signup.html');
  await signUp(walker);
  await closeTab(walker.page);
  await context.close();
  await ownSite.close();
  return { views, returns, outboundUrl: demo('/signup.html'), referrerHost: '127.0.0.1' };
}

/** Another person: sees one page, clicks once and closes the tab. */
export async function bounce(browser: Browser, product: Product): Promise<MadeView> {
  const context = await visitorContext(browser, 150);
  const views: MadeView[] = [];
  const walker = new Walker(await context.newPage(), await placeWitness(context), views);
  // A beacon carries the browser's own agent: with the load's token it is still this visitor's.
  const answered = walker.page.waitForResponse((response) => response.url().endsWith('/v1/events'));
  await walker.load(product.urls.demoUrl, () => walker.page.goto(product.urls.demoUrl, { waitUntil: 'commit' }));
  await walker.view('/');
  await (await answered).finished();
  await walker.click('#hero>div>div>h1', '#hero h1', [0.5, 0.9]);
  await closeTab(walker.page);
  await context.close();
  const [view] = views;
  if (!view) throw new Error('the page was not viewed');
  return view;
}

async function readLanding(walker: Walker): Promise<void> {
  await walker.click('#hero>div>div>h1', '#hero h1', [0.1, 0.2]);
  await walker.click('#hero>div>div>h1', '#hero h1', [0.8, 0.7]);
  await walker.click('#hero>div>div>p', '#hero .lead', [0.5, 0.5]);
  await walker.click('#hero>div>div>p:2', '#hero .note', [0.2, 0.5]);
  await walker.click('#hero-picture>svg', '#hero-picture svg', [0.3, 0.2]);
  await walker.click('#hero-picture>svg', '#hero-picture svg', [0.97, 0.97]);
  await walker.click('#hero-picture>svg', '#hero-picture svg', [0.55, 0.5], 3);
  await walker.click('#proof>div>div:2>strong', '#proof .wrap > :nth-child(2) strong', [0.1, 0.5]);
  await walker.click('#why>div>h2', '#why h2', [0.4, 0.5]);
  await walker.click('#why>div>div>article>h3', '#why .card:nth-child(1) h3', [0.2, 0.5]);
  await walker.click('#why>div>div>article:2>span>svg', '#why .card:nth-child(2) svg', [0.5, 0.5]);
  await walker.click('#why>div>div>article:3>p', '#why .card:nth-child(3) p', [0.6, 0.8]);
  await walker.click('#plan-single', '#plan-single', [0.5, 0.02]);
  await walker.click('#plan-pair>div', '#plan-pair .price', [0.2, 0.5]);
  await walker.click('#plan-office>ul>li:2', '#plan-office li:nth-child(2)', [0.7, 0.5]);
  await walker.click('#question-roast>summary', '#question-roast summary', [0.2, 0.5]);
  await walker.click('#question-roast>p', '#question-roast p', [0.3, 0.3]);
  await walker.click('#question-skip>summary', '#question-skip summary', [0.9, 0.5]);
  await walker.click('#call', '#call', [0.04, 0.1]);
  await walker.click('#call>p', '#call p', [0.5, 0.5]);
  await walker.toBottom();
  // Without `data-hash`, another place on the same page is no other page.
  await walker.go(/#plans$/, () => walker.click('#nav-plans', '#nav-plans', [0.5, 0.5]));
  await walker.click('#top>div', '#top > .wrap', [0.35, 0.5]);
}

async function shop(walker: Walker): Promise<void> {
  const product = (name: string) => `[data-testid="product-${name}"]`;
  await walker.click('#shop>h1', '#shop h1', [0.05, 0.5]);
  // Filters replace the address's query only.
  await walker.go(/\?roast=light$/, () => walker.click('#filter-light', '#filter-light', [0.3, 0.5]));
  await walker.go(/\/shop$/, () => walker.click('#filter-all', '#filter-all', [0.7, 0.3]));
  await walker.toBottom();
  await walker.toTop();
  await walker.go(/\/3$/, () => walker.click(product('north'), product('north'), [0.5, 0.4]));
  await walker.view('/shop/product/3');
  await walker.click('#picture>svg', '#picture svg', [0.2, 0.8]);
  await walker.click('#sizes>label:2', '#sizes label:nth-child(2)', [0.8, 0.5]);
  await walker.click('#add-to-bag', '#add-to-bag', [0.2, 0.5]);
  await walker.click('#add-to-bag', '#add-to-bag', [0.8, 0.5]);
  await walker.go(/\/shop$/, () => walker.click('#back', '#back', [0.5, 0.5]));
  await walker.view('/shop');
  await walker.go(/\/1$/, () => walker.click(product('dawn'), product('dawn'), [0.1, 0.9]));
  await walker.view('/shop/product/1');
  await walker.click('#choice>h1', '#choice h1', [0.2, 0.5]);
  await walker.go(/\/shop$/, () => turnPages(walker.page, -1));
  await walker.view('/shop');
  await walker.click('#filters', '#filters', [0.9, 0.5]);
  await walker.load(/\/shop$/, () => walker.page.reload({ waitUntil: 'commit' }));
  await walker.view('/shop');
  await walker.click('#shop>span', '#shop .eyebrow', [0.5, 0.5]);
}

async function readJournal(walker: Walker): Promise<void> {
  await walker.click('#article>h1', '#article h1', [0.3, 0.8]);
  await walker.click('#bloom>h2', '#bloom h2', [0.1, 0.5]);
  await walker.click('#figure-bloom>svg', '#figure-bloom svg', [0.2, 0.2]);
  await walker.click('#figure-bloom>svg', '#figure-bloom svg', [0.9, 0.9]);
  await walker.click('#recipe>div:2>dd', '#recipe div:nth-child(2) dd', [0.4, 0.5]);
  // Kept or loaded anew, a page at its top comes back at its top.
  await walker.toTop();
}

/** In the brew guide the pane scrolls, not the page. */
async function readGuide(walker: Walker): Promise<void> {
  await walker.click('#moka>h2', '#moka h2', [0.1, 0.5]);
  await walker.click('#moka>table>tbody>tr:2>td', '#moka tr:nth-child(2) td', [0.5, 0.5]);
  await walker.toTop();
}

async function browseOwnSite(walker: Walker, { url }: OwnSite): Promise<void> {
  await walker.load(`${url}/app#/inbox`, () => walker.page.goto(`${url}/app#/inbox`, { waitUntil: 'commit' }));
  await walker.view('/app#/inbox');
  await walker.click('#board', '#board', [0.1, 0.1]);
  await walker.go(/sent$/, () => walker.click('#to-sent', '#to-sent', [0.5, 0.5]));
  await walker.view('/app#/sent');
  await walker.click('#board', '#board', [0.5, 0.2]);
  await walker.click('#board', '#board', [0.9, 0.7]);
  await walker.go(/inbox$/, () => walker.click('#to-inbox', '#to-inbox', [0.3, 0.5]));
  await walker.view('/app#/inbox');
}

async function signUp(walker: Walker): Promise<void> {
  await walker.click('#promise>h1', '#promise h1', [0.5, 0.3]);
  await walker.click('#email', '#email', [0.5, 0.5]);
  // The browser makes a second click, on the box that the text belongs to.
  await walker.click('#letters', '#letters', [0.6, 0.5]);
  await walker.click('#submit', '#submit', [0.2, 0.4]);
}

/** As the browser's buttons do. The page's answer would be lost when it went at once. */
async function turnPages(page: Page, by: 1 | -1): Promise<void> {
  await page.evaluate((steps) => {
    setTimeout(() => (steps < 0 ? history.back() : history.forward()));
  }, by);
}

async function closeTab(page: Page): Promise<void> {
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
}
