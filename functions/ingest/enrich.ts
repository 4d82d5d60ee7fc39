import { type Batch, formatVersion, type PulseEvent, type WireElement, type WirePage } from '../contract/event.ts';
import { deviceOf, type RecordElement, type RecordPage, type StreamRecord } from '../contract/record.ts';
import type { SiteConfig } from '../contract/site.ts';
import { ageAtReceipt, batchAge } from './clock.ts';
import { primaryLanguage } from './language.ts';
import { barePath, countedPath } from './path-rules.ts';
import { referrerHost } from './referrer.ts';

/** What ingest knows beside the batch and the site's configuration. */
export interface Enrichment {
  visitor: string;
  /** The origin that was checked, not the one that was claimed. */
  origin: string;
  country: string;
  browser: string;
  os: string;
  /** ms since the epoch, by our clock. */
  receivedAt: number;
}

/** The record of a decoded batch: page facts by the site's rules, ages counted from receipt, and nothing that names a person. */
export function enrich(batch: Batch, config: SiteConfig, facts: Enrichment): StreamRecord {
  const batchAgeMs = batchAge(batch.t, batch.s);
  return {
    v: formatVersion,
    site: config.site,
    config: config.version,
    visitor: facts.visitor,
    load: batch.l,
    n: batch.n,
    receivedAt: facts.receivedAt,
    origin: facts.origin,
    country: facts.country,
    browser: facts.browser,
    os: facts.os,
    language: primaryLanguage(batch.g),
    pages: batch.p.map((page) => recordPage(page, config, facts.origin)),
    elements: batch.e.map(recordElement),
    events: batch.x.map((event) => agedEvent(event, batchAgeMs)),
  };
}

function recordPage(page: WirePage, config: SiteConfig, origin: string): RecordPage {
  const [path, title, referrer, viewportWidth, viewportHeight, documentHeight, utm] = page;
  const rawPath = barePath(path);
  return {
    path: countedPath(rawPath, config.pathRules),
    rawPath,
    title,
    device: deviceOf(viewportWidth),
    viewportWidth,
    viewportHeight,
    documentHeight,
    referrer: referrerHost(referrer, origin),
    utm: utm.some((value) => value !== '') ? utm : [],
  };
}

function recordElement([page, key, label, x, y, width, height, clickable]: WireElement): RecordElement {
  return { page, key, label, box: [x, y, width, height], clickable: clickable === 1 };
}

function agedEvent(event: PulseEvent, batchAgeMs: number): PulseEvent {
  const [kind, age, ...rest] = event;
  return [kind, ageAtReceipt(age, batchAgeMs), ...rest] as PulseEvent;
}
