import {
  pagesPerBatchMax,
  pathLengthMax,
  pixelsMax,
  propertyLengthMax,
  titleLengthMax,
  urlLengthMax,
  type WirePage,
} from '../contract/event.ts';
import { boundedNumber, boundedText, describeValue } from '../stream/bounded.ts';
import { type Checked, rejection } from './rejection.ts';

const utmCount = 5;

export function decodePages(value: unknown): Checked<WirePage[]> {
  if (!Array.isArray(value)) return rejection('bad-pages', `p is ${describeValue(value)}, not a list`);
  if (value.length > pagesPerBatchMax) {
    return rejection('too-many-pages', `p has ${value.length} pages; at most ${pagesPerBatchMax} are taken`);
  }
  const pages: WirePage[] = [];
  for (const [index, one] of value.entries()) {
    const page = decodePage(one);
    if (!page) return rejection('bad-page', `page ${index} is not [path, title, referrer, 3 sizes in px, utm]`);
    pages.push(page);
  }
  return { ok: true, value: pages };
}

function decodePage(value: unknown): WirePage | undefined {
  if (!Array.isArray(value) || value.length !== 7) return undefined;
  const [path, title, referrer, width, height, documentHeight, utm] = value;
  if (typeof path !== 'string' || typeof title !== 'string' || typeof referrer !== 'string') return undefined;
  const viewportWidth = boundedNumber(width, 0, pixelsMax);
  const viewportHeight = boundedNumber(height, 0, pixelsMax);
  const pageHeight = boundedNumber(documentHeight, 0, pixelsMax);
  if (viewportWidth === undefined || viewportHeight === undefined || pageHeight === undefined) return undefined;
  if (!Array.isArray(utm) || (utm.length !== 0 && utm.length !== utmCount)) return undefined;
  if (!utm.every((one) => typeof one === 'string')) return undefined;
  return [
    boundedText(path, pathLengthMax),
    boundedText(title, titleLengthMax),
    boundedText(referrer, urlLengthMax),
    viewportWidth,
    viewportHeight,
    pageHeight,
    utm.map((one) => boundedText(one, propertyLengthMax)),
  ];
}
