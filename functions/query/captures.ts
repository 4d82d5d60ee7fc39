import type { Capture, CaptureStartedAnswer, CapturesAnswer } from '../contract/answer.ts';
import { pageKey, pageText } from '../contract/counter.ts';
import { nameId } from '../contract/name-id.ts';
import { type Device, devices } from '../contract/record.ts';
import { type SiteConfig, settingsOf } from '../contract/site.ts';
import { dayMs, localDay } from '../contract/time-unit.ts';
import { ApiError, quoted } from './api-error.ts';
import { parseCaptureWish } from './capture-wish.ts';
import { faultSchema } from './heatmap-schema.ts';
import { path } from './parameters.ts';
import type { QueryPorts } from './query-ports.ts';
import { siteRoute } from './route.ts';
import { array, instant, object, oneOf, orNull, text } from './schema.ts';

/** How far back an address is looked for; one batch read of items. */
const addressDaysMax = 100;

export const startCaptureRoute = siteRoute(
  {
    method: 'POST',
    path: '/v1/sites/{site}/captures',
    needs: 'write',
    refusals: { 409: 'The site’s settings say that no pictures are taken.' },
    summary: 'Takes a picture of a page',
    description:
      'The page is opened at an address where it was last viewed. The heatmap’s `capture` changes when it is done.',
    body: object({ path: text('As /pages gives it.'), device: oneOf(devices) }),
    answer: {
      status: 202,
      description: 'The picture is being taken.',
      schema: object({ status: oneOf(['started']) }),
      example: { status: 'started' } satisfies CaptureStartedAnswer,
    },
  },
  {},
  async ({ site, body, now }, ports) => {
    const wish = parseCaptureWish(body);
    if (!settingsOf(site).captures.enabled) {
      throw new ApiError(409, 'captures-off', 'the site’s settings say that no pictures are taken');
    }
    const url = await addressOf(site, wish.path, now, ports);
    if (url === null) {
      throw new ApiError(404, 'unknown-page', `no view of ${quoted(wish.path)} in the last ${addressDaysMax} days`);
    }
    await ports.capture.start({ site: site.site, path: wish.path, url, device: wish.device });
    return { status: 202, json: { status: 'started' } satisfies CaptureStartedAnswer };
  },
);

/** The newest address that showed the path; null: none is known. */
async function addressOf(site: SiteConfig, page: string, now: number, ports: QueryPorts): Promise<string | null> {
  const pageId = nameId(page);
  const days = Array.from({ length: addressDaysMax }, (_, ago) => localDay(now - ago * dayMs, site.zone));
  const items = await ports.counters.items(
    [...new Set(days)].map((day) => pageKey(ports.epoch, site.site, day, pageId)),
  );
  const known = items.filter(({ texts }) => texts[pageText.url]);
  // The day is the last part of the partition key, so the newest sorts last.
  known.sort((a, b) => (a.key.pk < b.key.pk ? -1 : 1));
  return known.at(-1)?.texts[pageText.url] ?? null;
}

const listExample: CapturesAnswer = {
  path: '/',
  pageId: 'a1B2c3D4',
  rows: [
    {
      device: 'desktop',
      takenAt: 1795400000000,
      image: '/v1/sites/demo/captures/a1B2c3D4/desktop/1795400000000.jpg',
      error: null,
    },
  ],
};

export const listCapturesRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/captures',
    summary: 'The newest captures of a page',
    answer: {
      status: 200,
      description: 'One row for each device class that was tried.',
      schema: object({
        path: text(),
        pageId: text(),
        rows: array(
          object({
            device: oneOf(devices),
            takenAt: instant,
            image: { ...orNull(text()), description: 'API path of the newest JPEG; null where there is none.' },
            error: { ...orNull(faultSchema), description: 'Why the newest attempt gave no picture.' },
          }),
        ),
      }),
      example: listExample,
    },
  },
  { path },
  async ({ site, values }, ports) => {
    const pageId = nameId(values.path);
    const found = await Promise.all(devices.map((device) => ports.captures.latest(site.site, pageId, device)));
    const rows = devices.flatMap((device, index) => rowOf(device, found[index] ?? null));
    return { status: 200, json: { path: values.path, pageId, rows } satisfies CapturesAnswer };
  },
);

function rowOf(device: Device, capture: Capture | null): CapturesAnswer['rows'] {
  if (capture === null) return [];
  const { takenAt } = capture;
  if ('error' in capture) return [{ device, takenAt, image: null, error: capture.error }];
  return [{ device, takenAt, image: capture.image, error: capture.retake?.error ?? null }];
}
