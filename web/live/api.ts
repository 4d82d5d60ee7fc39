import type { AlertSettings, AlertsAnswer } from '../../functions/contract/alert.ts';
import type {
  BreakdownAnswer,
  CaptureStartedAnswer,
  ElementsAnswer,
  ErrorAnswer,
  HeatmapAnswer,
  MarkerAnswer,
  MarkerRemovedAnswer,
  MarkersAnswer,
  PagesAnswer,
  PlaybackAnswer,
  ScrollAnswer,
  SeriesAnswer,
  SeriesUnit,
  SitesAnswer,
  TicketAnswer,
} from '../../functions/contract/answer.ts';
import type { CostAnswer } from '../../functions/contract/cost-answer.ts';
import type { CellLayer } from '../../functions/contract/counter.ts';
import type { FunnelsAnswer } from '../../functions/contract/funnels-answer.ts';
import type { HealthAnswer } from '../../functions/contract/health.ts';
import type { LeavingAnswer } from '../../functions/contract/leaving-answer.ts';
import type { Device } from '../../functions/contract/record.ts';
import type { SessionAnswer, SessionsAnswer } from '../../functions/contract/session-answer.ts';
import type { LogAnswer, LoggedFunction, SystemAnswer } from '../../functions/contract/system.ts';
import type { TransitionsAnswer } from '../../functions/contract/transitions-answer.ts';
import type { TrendsAnswer } from '../../functions/contract/trends-answer.ts';
import type { VitalsAnswer } from '../../functions/contract/vitals-answer.ts';
import { type FileAnswer, wholeFile } from './file-answer.ts';

/** A refusal or failure of the API, with a sentence for the reader. `status` is 0 when there was no answer at all. */
export class ApiFault extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiFault';
    this.status = status;
    this.code = code;
  }
}

/** Instants, ms since the epoch; `to` is exclusive. */
export interface Span {
  from: number;
  to: number;
}

/** One page on one device class. */
export interface PageOnDevice {
  path: string;
  device: Device;
}

export interface Api {
  /** One use, 60 s: opens the socket. */
  ticket(): Promise<string>;
  sites(): Promise<SitesAnswer['sites']>;
  series(span: Span, unit: SeriesUnit): Promise<SeriesAnswer>;
  breakdown(span: Span, dimension: string): Promise<BreakdownAnswer>;
  pages(span: Span): Promise<PagesAnswer>;
  /** Of all pages, or before and after one; at most `limit` rows a list. */
  transitions(span: Span, limit: number, path?: string): Promise<TransitionsAnswer>;
  /** `path` empty: of the whole site. */
  trends(span: Span, path: string): Promise<TrendsAnswer>;
  /** Of as many pages as the API gives. */
  leaving(span: Span): Promise<LeavingAnswer>;
  funnels(span: Span): Promise<FunnelsAnswer>;
  /** Of all pages. `device` null: on all. */
  vitals(span: Span, device: Device | null): Promise<VitalsAnswer>;
  heatmap(span: Span, page: PageOnDevice, layer: CellLayer): Promise<HeatmapAnswer>;
  playback(span: Span, page: PageOnDevice, layer: CellLayer): Promise<PlaybackAnswer>;
  /** As many rows as the API gives. */
  elements(span: Span, page: PageOnDevice): Promise<ElementsAnswer>;
  scroll(span: Span, page: PageOnDevice): Promise<ScrollAnswer>;
  /** Newest first. `filter`: the API's own parameters; `cursor` as the page before gave it, '' for the first. */
  sessions(span: Span, filter: Record<string, string>, cursor: string): Promise<SessionsAnswer>;
  session(id: string): Promise<SessionAnswer>;
  markers(span: Span): Promise<MarkersAnswer>;
  /** `at` null: now. */
  addMarker(text: string, at: number | null): Promise<MarkerAnswer>;
  removeMarker(at: number): Promise<MarkerRemovedAnswer>;
  health(): Promise<HealthAnswer>;
  /** This month's. */
  cost(): Promise<CostAnswer>;
  system(): Promise<SystemAnswer>;
  alerts(): Promise<AlertsAnswer>;
  saveAlerts(settings: AlertSettings): Promise<AlertsAnswer>;
  log(fn: LoggedFunction, level: 'problem' | 'all'): Promise<LogAnswer>;
  /** A file of the export route, by that route's parameters, with the parts that follow. */
  file(query: Record<string, string | number>): Promise<FileAnswer>;
  /** Starts taking a picture; the heatmap's `capture` changes when it is there. */
  takeCapture(page: PageOnDevice): Promise<CaptureStartedAnswer>;
  /** `imagePath` as the heatmap's capture names it. */
  picture(imagePath: string): Promise<Blob>;
}

export interface RequesterParts {
  apiUrl: string;
  /** What lets in, at the moment of each request; null: nothing is shown. @throws what the request then throws */
  bearer: (() => Promise<string>) | null;
  fetch(url: string, init: RequestInit): Promise<Response>;
}
export interface ApiParts extends RequesterParts {
  site: string;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Requests to the API. Each throws an `ApiFault` when the answer is not 2xx, or when there is none. */
export function requester({ apiUrl, bearer, fetch }: RequesterParts) {
  const base = apiUrl.replace(/\/+$/, '').replace(/\/v1$/, '');
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const authorization: Record<string, string> = bearer ? { authorization: `Bearer ${await bearer()}` } : {};
    const headers = { ...authorization, 'content-type': 'application/json' };
    let response: Response;
    try {
      response = await fetch(`${base}${path}`, { cache: 'no-store', ...init, headers });
    } catch {
      throw new ApiFault(0, 'unreachable', `The API at ${base || 'this address'} does not answer.`);
    }
    if (!response.ok) throw await faultOf(response);
    return response;
  };
  const read = async <Answer>(path: string, query: Record<string, string | number> = {}): Promise<Answer> => {
    return (await (await request(addressOf(path, query))).json()) as Answer;
  };
  const send = async <Answer>(method: Method, path: string, body?: object): Promise<Answer> => {
    const init = body ? { method, body: JSON.stringify(body) } : { method };
    return (await (await request(path, init)).json()) as Answer;
  };
  return { request, read, send };
}

function addressOf(path: string, query: Record<string, string | number>): string {
  const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

/** Every call throws an `ApiFault` when the answer is not 2xx, or when there is none. */
export function createApi(parts: ApiParts): Api {
  const { request, read, send } = requester(parts);
  const site = `/v1/sites/${encodeURIComponent(parts.site)}`;
  return {
    ticket: async () => (await send<TicketAnswer>('POST', `${site}/tickets`, {})).ticket,
    sites: async () => (await read<SitesAnswer>('/v1/sites')).sites,
    series: (span, unit) => read(`${site}/series`, { ...span, unit }),
    breakdown: (span, dimension) => read(`${site}/breakdown`, { ...span, dimension, limit: 50 }),
    pages: (span) => read(`${site}/pages`, { ...span }),
    transitions: (span, limit, path) =>
      read(`${site}/transitions`, { ...span, limit, ...(path === undefined ? {} : { path }) }),
    trends: (span, path) => read(`${site}/trends`, { ...span, ...(path === '' ? {} : { path }) }),
    leaving: (span) => read(`${site}/leaving`, { ...span, limit: 1000 }),
    funnels: (span) => read(`${site}/funnels`, { ...span }),
    vitals: (span, device) => read(`${site}/vitals`, { ...span, ...(device ? { device } : {}) }),
    heatmap: (span, page, layer) => read(`${site}/heatmap`, { ...span, ...page, layer }),
    playback: (span, page, layer) => read(`${site}/playback`, { ...span, ...page, layer }),
    elements: (span, page) => read(`${site}/elements`, { ...span, ...page, limit: 1000 }),
    scroll: (span, page) => read(`${site}/scroll`, { ...span, ...page }),
    sessions: (span, filter, cursor) => read(`${site}/sessions`, { ...span, ...filter, ...(cursor ? { cursor } : {}) }),
    session: (id) => read(`${site}/sessions/${encodeURIComponent(id)}`),
    markers: (span) => read(`${site}/markers`, { ...span }),
    addMarker: (text, at) => send('POST', `${site}/markers`, { text, ...(at === null ? {} : { at: String(at) }) }),
    removeMarker: (at) => send('DELETE', `${site}/markers/${at}`),
    health: () => read(`${site}/health`),
    cost: () => read(`${site}/cost`),
    system: () => read(`${site}/system`),
    alerts: () => read(`${site}/alerts`),
    saveAlerts: (settings) => send('POST', `${site}/alerts`, settings),
    log: (fn, level) => read(`${site}/log`, { function: fn, level }),
    file: (query) =>
      wholeFile((cursor) => request(addressOf(`${site}/export`, cursor === null ? query : { ...query, cursor }))),
    takeCapture: (page) => send('POST', `${site}/captures`, page),
    picture: async (imagePath) => (await request(imagePath)).blob(),
  };
}

async function faultOf(response: Response): Promise<ApiFault> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text) as ErrorAnswer;
    return new ApiFault(response.status, error.code, error.message);
  } catch {
    return new ApiFault(response.status, 'unreadable', `The API answered ${response.status}: ${text.slice(0, 120)}`);
  }
}
