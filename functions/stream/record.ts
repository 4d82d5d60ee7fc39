import {
  elementKeyLengthMax,
  elementsPerBatchMax,
  formatVersion,
  formatVersionsAccepted,
  labelLengthMax,
  nameLengthMax,
  pagesPerBatchMax,
  pathLengthMax,
  pixelsMax,
  propertyLengthMax,
  titleLengthMax,
} from '../contract/event.ts';
import {
  type AnyRecord,
  deviceOf,
  isTick,
  type RecordElement,
  type RecordPage,
  type StreamRecord,
} from '../contract/record.ts';
import { boundedNumber, boundedText, describeValue, exactInteger } from './bounded.ts';
import { checkEvents } from './event-check.ts';

/**
 * A record's bytes: JSON with one-letter names and tuples, because every byte is paid for on the stream and in the archive.
 * `rawPath` is 0 where it is the path itself; the device class follows from the viewport.
 */
type PageTuple = [
  path: string,
  rawPath: string | 0,
  title: string,
  viewportWidth: number,
  viewportHeight: number,
  documentHeight: number,
  referrer: string,
  utm: string[],
];
type ElementTuple = [
  page: number,
  key: string,
  label: string,
  x: number,
  y: number,
  width: number,
  height: number,
  clickable: 0 | 1,
];

export type RecordFaultCode = 'not-json' | 'not-a-record' | 'unknown-version' | 'bad-field';
export type DecodedRecord = { ok: true; record: AnyRecord } | { ok: false; code: RecordFaultCode; message: string };

const hostLengthMax = 253;
const originLengthMax = 300;
const utmCount = 5;

export function encodeRecord(record: AnyRecord): Uint8Array {
  return Buffer.from(JSON.stringify(isTick(record) ? tickJson(record) : recordJson(record)));
}

function tickJson(record: Exclude<AnyRecord, StreamRecord>) {
  return { v: formatVersion, tick: record.tick, r: record.receivedAt };
}

function recordJson(record: StreamRecord) {
  return {
    v: formatVersion,
    s: record.site,
    c: record.config,
    w: record.visitor,
    l: record.load,
    n: record.n,
    r: record.receivedAt,
    o: record.origin,
    f: [record.country, record.browser, record.os, record.language],
    p: record.pages.map(
      (page): PageTuple => [
        page.path,
        page.rawPath === page.path ? 0 : page.rawPath,
        page.title,
        page.viewportWidth,
        page.viewportHeight,
        page.documentHeight,
        page.referrer,
        page.utm,
      ],
    ),
    e: record.elements.map(
      ({ page, key, label, box, clickable }): ElementTuple => [page, key, label, ...box, clickable ? 1 : 0],
    ),
    x: record.events,
  };
}

/** The inverse of `encodeRecord`. Anything may stand on a stream: what is no record is told by name, nothing is thrown. */
export function decodeRecord(bytes: Uint8Array): DecodedRecord {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return fault('not-json', `the ${bytes.byteLength} bytes are not JSON`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return fault('not-a-record', `the record is ${describeValue(json)}, not an object`);
  }
  const fields = json as Record<string, unknown>;
  if (!formatVersionsAccepted.includes(fields.v as number)) {
    return fault(
      'unknown-version',
      `format version ${describeValue(fields.v)} is not one of ${formatVersionsAccepted}`,
    );
  }
  try {
    return { ok: true, record: fields.tick === undefined ? streamRecord(fields) : tickRecord(fields) };
  } catch (error) {
    if (error instanceof BadField) return fault('bad-field', error.message);
    throw error;
  }
}

/** Thrown and caught within this file only. */
class BadField extends Error {}

function fault(code: RecordFaultCode, message: string): DecodedRecord {
  return { ok: false, code, message };
}

function tickRecord(fields: Record<string, unknown>): AnyRecord {
  return { v: formatVersion, tick: match(fields.tick, 'tick', sitePattern), receivedAt: instant(fields.r) };
}

function streamRecord(fields: Record<string, unknown>): StreamRecord {
  const [country, browser, os, language] = list(fields.f, 'f', 4);
  const pages = list(fields.p, 'p', pagesPerBatchMax).map(recordPage);
  const elements = list(fields.e, 'e', elementsPerBatchMax).map((one) => recordElement(one, pages.length));
  const events = checkEvents(fields.x, { pages: pages.length, elements: elements.length });
  if (typeof events === 'string') throw new BadField(events);
  return {
    v: formatVersion,
    site: match(fields.s, 's', sitePattern),
    config: whole(fields.c, 'c', 1, Number.MAX_SAFE_INTEGER),
    visitor: match(fields.w, 'w', hex16),
    load: match(fields.l, 'l', hex16),
    n: whole(fields.n, 'n', 0, Number.MAX_SAFE_INTEGER),
    receivedAt: instant(fields.r),
    origin: text(fields.o, 'o', originLengthMax),
    country: text(country, 'country', 2),
    browser: text(browser, 'browser', nameLengthMax),
    os: text(os, 'os', nameLengthMax),
    language: text(language, 'language', 3),
    pages,
    elements,
    events,
  };
}

function recordPage(value: unknown): RecordPage {
  const [path, rawPath, title, width, height, documentHeight, referrer, utm] = list(value, 'page', 8);
  const viewportWidth = pixels(width, 'viewportWidth');
  const counted = text(path, 'path', pathLengthMax);
  return {
    path: counted,
    rawPath: rawPath === 0 ? counted : text(rawPath, 'rawPath', pathLengthMax),
    title: text(title, 'title', titleLengthMax),
    device: deviceOf(viewportWidth),
    viewportWidth,
    viewportHeight: pixels(height, 'viewportHeight'),
    documentHeight: pixels(documentHeight, 'documentHeight'),
    referrer: text(referrer, 'referrer', hostLengthMax),
    utm: list(utm, 'utm', utmCount).map((one) => text(one, 'utm', propertyLengthMax)),
  };
}

function recordElement(value: unknown, pageCount: number): RecordElement {
  const [page, key, label, x, y, width, height, clickable] = list(value, 'element', 8);
  return {
    page: whole(page, "element's page", 0, pageCount - 1),
    key: text(key, 'key', elementKeyLengthMax),
    label: text(label, 'label', labelLengthMax),
    box: [pixels(x, 'x'), pixels(y, 'y'), pixels(width, 'width'), pixels(height, 'height')],
    clickable: clickable === 1,
  };
}

const hex16 = /^[0-9a-f]{16}$/;
/** No separators of keys in a site's id. */
const sitePattern = /^[\w-]{1,64}$/;

function match(value: unknown, name: string, pattern: RegExp): string {
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw new BadField(`${name} is ${describeValue(value)}, which does not match ${pattern}`);
}
function text(value: unknown, name: string, lengthMax: number): string {
  if (typeof value === 'string') return boundedText(value, lengthMax);
  throw new BadField(`${name} is ${describeValue(value)}, not a text`);
}
function whole(value: unknown, name: string, min: number, max: number): number {
  const number = exactInteger(value, min, max);
  if (number !== undefined) return number;
  throw new BadField(`${name} is ${describeValue(value)}, not a whole number ${min}..${max}`);
}
function instant(value: unknown): number {
  return whole(value, 'r', 0, 8.64e15);
}
function pixels(value: unknown, name: string): number {
  const number = boundedNumber(value, -pixelsMax, pixelsMax);
  if (number !== undefined) return number;
  throw new BadField(`${name} is ${describeValue(value)}, not a number`);
}
function list(value: unknown, name: string, lengthMax: number): unknown[] {
  if (Array.isArray(value) && value.length <= lengthMax) return value;
  throw new BadField(`${name} is ${describeValue(value)}, not a list of at most ${lengthMax}`);
}
