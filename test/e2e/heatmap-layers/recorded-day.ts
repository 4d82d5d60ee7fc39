/** A day of the demo site's home page as sixty desktop visitors made it, sent as the snippet sends it: every figure is known. */
import { clickFlag, kind, navigation, type PulseEvent, type WireElement } from '../../../functions/contract/event.ts';
import { newBatch, postBatch, wirePage } from '../batch.ts';
import { eventually, type Product } from '../product.ts';

export const views = 60;
/** On the picture; its middle is what everybody clicks. */
export const shop: WireElement = [0, '#hero-shop', 'Browse the shop', 200, 600, 120, 40, 1];
const start: WireElement = [0, '#hero-start', 'Start a plan', 80, 600, 100, 40, 1];
const hero: WireElement = [0, '#hero', '', 0, 60, 1280, 700, 0];
/** Not on the picture, and called what no spreadsheet should run. */
export const formula: WireElement = [0, '#formula', '=1+1', 300, 900, 200, 100, 1];

/** Of a form that the picture lacks. */
const email: WireElement = [0, '#email', '', 100, 1200, 300, 40, 1];

export const totals = { click: 66, tap: 20, rage: 6, dead: 4, move: 60 * 500, hover: 60 * 1200, hesitation: 30 };
/** The last band that so many views reached; a band is 5 % of the page. */
const reached: [upTo: number, band: number][] = [
  [12, 19],
  [30, 14],
  [45, 9],
  [60, 4],
];

function eventsOf(visitor: number): PulseEvent[] {
  const middle = [2048, 2048] as const;
  const [, band = 0] = reached.find(([upTo]) => visitor < upTo) ?? [];
  const pairs = Array.from({ length: band + 1 }, (_, each) => [each, 1_000]).flat();
  return [
    [kind.view, 0, 0, navigation.load],
    [kind.reach, 0, 0, 0, band],
    [kind.bands, 0, 0, pairs],
    [kind.click, 0, 0, ...middle, visitor < totals.tap ? clickFlag.touch : 0],
    [kind.move, 0, 2, ...middle, 500, 100],
    [kind.hover, 0, 1, ...middle, 1_200, visitor < totals.hesitation ? 1 : 0],
    ...(visitor < 15 ? [[kind.field, 0, 4, 2_000, visitor % 2] satisfies PulseEvent] : []),
    ...(visitor < 6 ? [[kind.abandon, 0, 4] satisfies PulseEvent] : []),
    ...(visitor < 6 ? [[kind.click, 0, 3, ...middle, 0] satisfies PulseEvent] : []),
    ...(visitor < totals.rage ? [[kind.rage, 0, 0, ...middle, 3] satisfies PulseEvent] : []),
    ...(visitor < totals.dead ? [[kind.dead, 0, 1, ...middle] satisfies PulseEvent] : []),
  ];
}

/** One more, of the shop's link: whoever looks sees it come. */
export async function clickOnce(product: Product): Promise<void> {
  const origin = new URL(product.urls.demoUrl).origin;
  const x: PulseEvent[] = [
    [kind.view, 0, 0, navigation.load],
    [kind.click, 0, 0, 100, 100, 0],
  ];
  const page = wirePage('/', 'Morrow', 3_300);
  const batch = newBatch({ k: product.cloud.writeKey, o: origin, p: [page], e: [shop], x });
  const { status } = await postBatch(product.urls.apiUrl, batch, { origin });
  if (status !== 202) throw new Error(`the click was answered ${status}`);
}

/** Sends the day, has the page's picture taken, and waits until both can be asked for. */
export async function recordDay(product: Product): Promise<void> {
  const origin = new URL(product.urls.demoUrl).origin;
  for (let visitor = 0; visitor < views; visitor++) {
    const batch = newBatch({
      k: product.cloud.writeKey,
      o: origin,
      p: [wirePage('/', 'Morrow', 3_300)],
      e: [shop, start, hero, formula, email],
      x: eventsOf(visitor),
    });
    const { status } = await postBatch(product.urls.apiUrl, batch, { origin });
    if (status !== 202) throw new Error(`visitor ${visitor} was answered ${status}`);
  }
  await eventually(
    () => product.ask<{ total: number }>('heatmap?path=/&device=desktop&layer=click'),
    ({ total }) => total === totals.click,
  );
  await product.call(`/v1/sites/${product.cloud.site}/captures`, {
    method: 'POST',
    body: JSON.stringify({ path: '/', device: 'desktop' }),
  });
  await eventually(
    () => product.ask<{ capture: { image?: string } | null }>('heatmap?path=/&device=desktop&layer=click'),
    ({ capture }) => Boolean(capture?.image),
    50_000,
  );
}
