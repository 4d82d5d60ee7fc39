import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChromiumCameraOptions } from '../../../functions/capture/camera.chromium.ts';
import type { Photograph } from '../../../functions/capture/camera.ts';
import { launchBrowser } from '../../../localstack/browser.ts';
import {
  cameraOptions,
  closeSites,
  html,
  type PhotographWish,
  photographWith,
  serve,
  servePage,
} from './camera-stage.ts';

let options: ChromiumCameraOptions;
let eyes: Browser;
beforeAll(async () => {
  [options, eyes] = await Promise.all([cameraOptions(), launchBrowser()]);
});
afterAll(() => eyes?.close());
afterEach(closeSites);

const photograph = async (page: string, wish: PhotographWish = {}) =>
  photographWith(options, `${(await servePage(page)).origin}/`, wish);

const names: Record<string, [number, number, number]> = {
  red: [255, 0, 0],
  green: [0, 128, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  white: [255, 255, 255],
  black: [0, 0, 0],
};

/** The names of the colours that a picture has at some places; else what it has. A JPEG is a few steps off. */
async function colorsAt({ jpeg }: Photograph, places: [x: number, y: number][]): Promise<string[]> {
  const page = await eyes.newPage();
  try {
    const url = `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`;
    const found = await page.evaluate(
      async ({ url, places }) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const context = Object.assign(document.createElement('canvas'), {
          width: image.width,
          height: image.height,
        }).getContext('2d');
        context?.drawImage(image, 0, 0);
        return places.map(([x, y]) => [...(context?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3));
      },
      { url, places },
    );
    return found.map((rgb) => {
      const near = Object.entries(names).find(([, color]) =>
        color.every((part, n) => Math.abs(part - (rgb[n] ?? 0)) < 12),
      );
      return near?.[0] ?? rgb.join(' ');
    });
  } finally {
    await page.close();
  }
}

const boxOf = ({ elements }: Photograph, key: string) => elements.find((element) => element.key === key)?.box;
const bar = (id: string, color: string, style: string) =>
  `<div id="${id}" style="background:${color};${style}">${id}</div>`;

describe('what follows the window', () => {
  it('stands at its end of the page, in the picture and in the boxes alike', async () => {
    const taken = await photograph(
      html(
        `${bar('head', 'red', 'position:sticky;top:0;height:40px')}
         <div style="height:100vh;background:white"></div>
         <div style="height:1600px;background:white"></div>
         ${bar('sum', 'yellow', 'position:sticky;bottom:0;height:30px')}
         <div style="height:330px;background:white"></div>
         ${bar('tabs', 'blue', 'position:fixed;left:0;right:0;bottom:0;height:50px;transition:all 2s')}
         ${bar('chat', 'green', 'position:fixed;left:50%;translate:-50% 0;bottom:100px;width:60px;height:60px')}
         ${bar('top', 'black', 'position:fixed;right:0;top:0;width:80px;height:40px')}`,
      ),
    );
    expect(taken).toMatchObject({ viewportHeight: 800, height: 2800 });
    // A hero of one screen is one screen high.
    expect([boxOf(taken, '#head'), boxOf(taken, '#sum')]).toEqual([
      [0, 0, 1280, 40],
      [0, 2440, 1280, 30],
    ]);
    expect([boxOf(taken, '#tabs'), boxOf(taken, '#chat'), boxOf(taken, '#top')]).toEqual([
      [0, 2750, 1280, 50],
      [610, 2640, 60, 60],
      [1200, 0, 80, 40],
    ]);
    const column = [20, 785, 1200, 2455, 2600, 2790].map((y): [number, number] => [300, y]);
    expect(await colorsAt(taken, column)).toEqual(['red', 'white', 'white', 'yellow', 'white', 'blue']);
    expect(
      await colorsAt(taken, [
        [660, 2690],
        [660, 690],
        [1260, 20],
        [1260, 2780],
      ]),
    ).toEqual(['green', 'white', 'black', 'blue']);
  });

  it('moves what is endlessly moved no more: its box is where the picture shows it', async () => {
    const taken = await photograph(
      html(
        '<div id="ball" style="width:50px;height:50px;background:blue;animation:away 3s infinite"></div>',
        '<style>@keyframes away { from { transform: translateX(0) } to { transform: translateX(900px) } }</style>',
      ),
    );
    expect(boxOf(taken, '#ball')).toEqual([0, 0, 50, 50]);
    expect(await colorsAt(taken, [[25, 25]])).toEqual(['blue']);
  });
});

describe('what a frame around it cuts off', () => {
  it('is not among the boxes, unless some of it shows or the frame does not hold it', async () => {
    const pane = (style: string, inside: string) =>
      `<div style="height:100px;width:300px;background:white;${style}">${inside}</div>`;
    const taken = await photograph(
      html(
        `${pane(
          'overflow:auto',
          `${bar('seen', 'red', 'height:60px')}${bar('partly', 'blue', 'height:60px')}${bar('below', 'green', 'height:60px')}
           ${bar('aside', 'green', 'position:relative;left:400px;top:-170px;height:40px;width:40px')}
           ${bar('free', 'yellow', 'position:absolute;left:600px;top:400px;height:40px;width:40px')}`,
        )}
         ${pane('overflow-x:clip', `<div style="height:150px"></div>${bar('under', 'blue', 'height:30px')}`)}
         <div style="display:contents;overflow:hidden">${bar('boxless', 'red', 'margin-top:100px;height:30px')}</div>`,
      ),
    );
    expect(
      ['#seen', '#partly', '#below', '#aside', '#free', '#under', '#boxless'].map((key) => boxOf(taken, key)),
    ).toEqual([
      [0, 0, 300, 60],
      [0, 60, 300, 60],
      undefined,
      undefined,
      [600, 400, 40, 40],
      [0, 250, 300, 30],
      [0, 300, 1280, 30],
    ]);
    // What is left of the one that shows in part.
    const windows = taken.elements.flatMap(({ key, window }) => (window ? [[key, window]] : []));
    expect(windows).toEqual([['#partly', [0, 0, 300, 100]]]);
    const places: [number, number][] = [
      [150, 130],
      [420, 30],
      [620, 420],
      [250, 260],
    ];
    expect(await colorsAt(taken, places)).toEqual(['white', 'white', 'yellow', 'blue']);
  });
});

/** A page behind a banner that locks scrolling, with a picture far down that is only loaded when it comes into view. */
const behind = (banner: string, style = '') =>
  html(
    `<nav><a href="/cookies" style="display:block;height:40px;background:red">Cookies, and how to bake them</a></nav>
     <div style="height:5000px;background:white"></div>
     <img id="late" loading="lazy" src="/late.svg" width="80" height="80">
     ${banner}
     <script>document.addEventListener('click', () => fetch('/clicked'), true)</script>`,
    `<style>${style}</style>`,
  );

describe('what asks for consent', () => {
  it.each([
    [
      'a bar that names itself',
      '<div class="cookie-notice" style="position:fixed;inset:auto 0 0;height:200px;background:blue"><p>We value you</p><button>OK</button></div>',
    ],
    [
      'a bar that writes of cookies',
      '<div style="position:fixed;inset:auto 0 0;height:200px;background:blue"><p>Wir verwenden Cookies.</p><button>Alle akzeptieren</button></div>',
    ],
    [
      'a modal with a backdrop',
      '<div style="position:fixed;inset:0;background:blue"></div><div role="dialog" style="position:absolute;top:200px;left:0;right:0;height:400px;background:blue"><p>This site uses cookies</p><button>Reject all</button></div>',
    ],
    [
      'a known tool’s, in a shadow tree',
      `<div id="usercentrics-root"></div><script>document.querySelector('#usercentrics-root').attachShadow({ mode: 'closed' }).innerHTML = '<div style="position:fixed;inset:0;background:blue">Privacy</div>'</script>`,
    ],
  ])('is hidden, not answered: %s', async (_what, banner) => {
    const { origin, asked } = await servePage(behind(banner, 'html, body { overflow: hidden; height: 100% }'));
    const taken = await photographWith(options, `${origin}/`, {});
    expect(taken.height).toBeGreaterThan(5000);
    expect(
      await colorsAt(taken, [
        [640, 20],
        [640, 300],
        [640, 700],
        [640, 4000],
      ]),
    ).toEqual(['red', 'white', 'white', 'white']);
    const paths = asked.map(({ url }) => url);
    expect(paths).toContain('/late.svg');
    expect(paths).not.toContain('/clicked');
  });

  it('is told apart from a page’s own bars, and from a dialog about something else', async () => {
    const taken = await photograph(
      html(
        `<header style="position:sticky;top:0;height:60px;background:red"><nav><a href="/">Shop</a> <a href="/cookies">Cookies</a> <button>Accept orders</button></nav></header>
         <div style="height:600px;background:white"></div>
         <div role="dialog" id="sizes" style="position:fixed;top:200px;left:400px;width:300px;height:200px;background:blue"><p>Which size?</p><button>Accept</button></div>`,
      ),
    );
    expect(
      await colorsAt(taken, [
        [900, 30],
        [500, 350],
      ]),
    ).toEqual(['red', 'blue']);
  });

  it('may be more than the rules know: a site lists what is hidden, and a wrong selector hides nothing', async () => {
    const page = html(
      `<div style="height:600px;background:white"></div>${bar('promo', 'blue', 'position:absolute;top:0;height:100px;width:100%')}`,
    );
    const { origin } = await serve((_, response) => response.setHeader('content-type', 'text/html').end(page));
    const shown = await photographWith(options, origin, { hideSelectors: ['#promo >>> nothing', '#other'] });
    const hidden = await photographWith(options, origin, { hideSelectors: ['#promo'] });
    expect([await colorsAt(shown, [[50, 50]]), await colorsAt(hidden, [[50, 50]])]).toEqual([['blue'], ['white']]);
    expect([boxOf(shown, '#promo'), boxOf(hidden, '#promo')]).toEqual([[0, 0, 1280, 100], undefined]);
  });
});
