import type { AnswerRange } from '../contract/answer.ts';
import { otherValue, pageText, type Totals } from '../contract/counter.ts';
import { nameId } from '../contract/name-id.ts';
import { type Device, devices } from '../contract/record.ts';
import type { PageVitals, VitalsAnswer } from '../contract/vitals-answer.ts';
import { readPage, reducePages } from './page-days.ts';
import { device, from, limit, optionalPath, to } from './parameters.ts';
import type { QueryPorts } from './query-ports.ts';
import { rangeOf } from './range.ts';
import { type SiteCall, siteRoute } from './route.ts';
import { array, count, object, oneOf, orNull, rangeProperties, type Schema, text } from './schema.ts';
import {
  addCounts,
  addPageItem,
  noVitalCounts,
  type VitalCounts,
  vitalDistribution,
  vitalFigures,
} from './vital-figures.ts';

const figures = {
  loads: { ...count, description: 'Loads that told it.' },
  good: { ...count, description: 'Of these, good ones.' },
  needsImprovement: { ...count, description: 'Between good and poor.' },
  poor: { ...count, description: 'Poor ones.' },
};
const figure: Schema = { type: 'number', minimum: 0 };
const p75 =
  'Three of four loads were no worse: interpolated within its bucket; beyond the last edge, that edge. ms; of CLS the score.';
export const vitalFigureProperties = { ...figures, p75: { ...figure, description: p75 } };
const ofPage = object({ ...figures, p75: { ...orNull(figure), description: `${p75} Null without loads.` } });
const distribution = (what: string): Schema => ({
  ...object({
    ...ofPage.properties,
    buckets: array(
      object({
        from: { ...figure, description: 'Loads above this …' },
        to: { ...orNull(figure), description: '… and up to this; null: all above.' },
        loads: count,
      }),
    ),
  }),
  description: what,
});

const exampleFigures = { loads: 80, good: 64, needsImprovement: 12, poor: 4, p75: 2_312.5 };
const example: VitalsAnswer = {
  from: 1795392000000,
  to: 1795478400000,
  zone: 'UTC',
  path: null,
  device: 'mobile',
  lcp: { ...exampleFigures, buckets: [{ from: 0, to: 500, loads: 8 }] },
  inp: { ...exampleFigures, p75: 120, buckets: [{ from: 2_000, to: null, loads: 1 }] },
  cls: { ...exampleFigures, p75: 0.05, buckets: [{ from: 0, to: 0, loads: 60 }] },
  pages: [
    { path: '/', title: 'Home', lcp: exampleFigures, inp: exampleFigures, cls: { ...exampleFigures, p75: 0.05 } },
  ],
};

export const vitalsParameters = { path: optionalPath, device, from, to };
const parameters = { ...vitalsParameters, limit: limit(100) };

export const vitalsRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/vitals',
    summary: 'Web Vitals: how fast and how steady pages are for their visitors',
    description:
      'By whole days of the site, kept for 400 days, of loads with `data-vitals`. Good and poor are web.dev’s: LCP up to 2,500 ms ' +
      'and beyond 4,000, INP 200 and 500, CLS 0.1 and 0.25. A load tells its values once, when it is first hidden or left, and for ' +
      'the page that it began with; LCP and CLS are told by Chromium alone, or by browsers that follow it.',
    answer: {
      status: 200,
      description: 'Loads by bucket of all pages or of one, and the figures of each page, most loads first.',
      schema: object({
        ...rangeProperties,
        path: orNull(text('Of one page alone.')),
        device: orNull(oneOf(devices)),
        lcp: distribution('Largest Contentful Paint, ms.'),
        inp: distribution('Interaction to Next Paint, ms.'),
        cls: distribution('Cumulative Layout Shift, a score.'),
        pages: array(
          object({
            path: text('As it is counted.'),
            title: text('As last seen.'),
            lcp: ofPage,
            inp: ofPage,
            cls: ofPage,
          }),
        ),
      }),
      example,
    },
  },
  parameters,
  async (call, ports) => ({ status: 200, json: await readVitals(call, ports) }),
);

interface CountedPage {
  title: string;
  counts: VitalCounts;
}

export async function readVitals(
  { site, values: { path, device: wanted, limit: pagesMax, ...wish }, now }: SiteCall<typeof parameters>,
  ports: QueryPorts,
): Promise<VitalsAnswer> {
  const range = rangeOf(wish, 'day', site.zone, now);
  const pages = await readCounts(site.site, path, wanted ? [wanted] : devices, range, ports);
  const all = noVitalCounts();
  for (const { counts } of pages.values()) addCounts(all, counts);
  return {
    ...range,
    path,
    device: wanted,
    lcp: vitalDistribution('lcp', all),
    inp: vitalDistribution('inp', all),
    cls: vitalDistribution('cls', all),
    pages: [...pages]
      .filter(([name]) => name !== otherValue)
      .map(([name, page]) => pageVitals(name, page))
      .filter((page) => loadsOf(page) > 0)
      .sort((one, other) => loadsOf(other) - loadsOf(one) || (one.path < other.path ? -1 : 1))
      .slice(0, pagesMax),
  };
}

/** By path; the newest title stands. */
async function readCounts(
  site: string,
  path: string | null,
  of: readonly Device[],
  range: AnswerRange,
  ports: QueryPorts,
): Promise<Map<string, CountedPage>> {
  const pagesOf = (items: Totals[]) =>
    items.map(({ counters, texts }) => {
      const counts = noVitalCounts();
      addPageItem(counts, counters, of);
      // A page that was only left on a day has no text there.
      return { path: path ?? texts[pageText.path] ?? otherValue, title: texts[pageText.title] ?? '', counts };
    });
  const days =
    path === null
      ? await reducePages(site, range, ports, pagesOf)
      : [pagesOf(await readPage(site, nameId(path), range, ports))];
  const pages = new Map<string, CountedPage>();
  for (const { path: name, title, counts } of days.flat()) {
    const page = pages.get(name) ?? { title: '', counts: noVitalCounts() };
    addCounts(page.counts, counts);
    pages.set(name, { ...page, title: title || page.title });
  }
  return pages;
}

function pageVitals(path: string, { title, counts }: CountedPage): PageVitals {
  return {
    path,
    title,
    lcp: vitalFigures('lcp', counts),
    inp: vitalFigures('inp', counts),
    cls: vitalFigures('cls', counts),
  };
}

function loadsOf({ lcp, inp, cls }: PageVitals): number {
  return Math.max(lcp.loads, inp.loads, cls.loads);
}
