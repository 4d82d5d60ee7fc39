/**
 * A route as data: dispatch and the OpenAPI document read the same entry, so neither can know what the other does not.
 */

import type { Access } from '../contract/account.ts';
import type { SiteConfig } from '../contract/site.ts';
import {
  type Allowed,
  anyCaller,
  authorizeSite,
  type Caller,
  type SiteNeed,
  signedInUser,
  siteOf,
  type UserCaller,
} from './authorize.ts';
import { type Parameter, parseAll, type Values } from './parameters.ts';
import type { QueryPorts } from './query-ports.ts';
import type { Schema } from './schema.ts';

/** A request, as the gateway's event gives it. `path` holds the pattern's values, decoded. */
export interface Call {
  path: Record<string, string>;
  query: Record<string, string | undefined>;
  authorization: string | undefined;
  /** The page's, where a browser asks for one of another origin. */
  origin: string | undefined;
  body: string;
  now: number;
}

/** JSON by default; `image` for a JPEG; `text` for a file of another `type`, with headers of its own. */
export type Answer =
  | { status: number; json: unknown }
  | { status: number; image: Uint8Array }
  | { status: number; text: string; type: string; headers: Record<string, string> };

export interface RouteText {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/v1/sites/{site}/live`: a name in braces stands for one segment. */
  path: string;
  summary: string;
  description?: string;
  body?: Schema;
  /** Of a route below a site, what its caller must be allowed to do there. Left out: read. */
  needs?: SiteNeed;
  /** What else it may be refused with, by status. */
  refusals?: Record<number, string>;
  /** Overlays ask for it, too: with their token, from pages of the site's origins. */
  forOverlays?: true;
  /** Absent `schema`: a JPEG. `otherForms`: by content type. */
  answer: {
    status: number;
    description: string;
    schema?: Schema;
    example?: unknown;
    otherForms?: Record<string, { schema: Schema }>;
  };
}

/** What a path's names in braces stand for. */
export const pathNames: Record<string, string> = {
  site: "The site's id.",
  at: 'The instant of a marker, ms since the epoch, as the list gives it.',
  pageId: 'The page’s id, as /pages gives it.',
  device: 'Device class: desktop, tablet or mobile.',
  image: '`<takenAt>.jpg`, as a capture’s `image` ends.',
  id: 'As the list gives it.',
};

export interface Route extends RouteText {
  access: Access;
  query: Parameter<unknown>[];
  /** The site whose pages may ask and read the answer (CORS); null: none. Absent: pages of the API's own origin only. */
  pagesOf?(call: Pick<Call, 'path' | 'body'>, ports: Pick<QueryPorts, 'sites'>): Promise<SiteConfig | null>;
  handle(call: Call, ports: QueryPorts): Promise<Answer>;
}

export function publicRoute(text: RouteText, handle: (call: Call, ports: QueryPorts) => Promise<Answer>): Route {
  return { ...text, access: 'public', query: [], handle };
}

/** Any valid bearer but an overlay's opens it; `handle` is told whose. */
export function anyRoute(
  text: RouteText,
  handle: (call: Call & { caller: Caller }, ports: QueryPorts) => Promise<Answer>,
): Route {
  return {
    ...text,
    access: 'any',
    query: [],
    handle: async (call, ports) =>
      handle({ ...call, caller: await anyCaller(call.authorization, call.now, ports) }, ports),
  };
}

/** For signed-in users, whatever their sites. */
export function userRoute(
  text: RouteText,
  handle: (call: Call & { caller: UserCaller }, ports: QueryPorts) => Promise<Answer>,
): Route {
  return {
    ...text,
    access: 'user',
    query: [],
    handle: async (call, ports) =>
      handle({ ...call, caller: await signedInUser(call.authorization, call.now, ports) }, ports),
  };
}

export interface SiteCall<P> extends Call, Allowed {
  values: Values<P>;
}

/** A route below `/v1/sites/{site}`, for whoever may do there what it `needs`, and overlays' tokens where `forOverlays` says so. Whether the caller may ask is settled before what is asked for is read. */
export function siteRoute<P extends Record<string, Parameter<unknown>>>(
  text: RouteText,
  parameters: P,
  handle: (call: SiteCall<P>, ports: QueryPorts) => Promise<Answer>,
): Route {
  return {
    ...text,
    access: text.needs ?? 'read',
    query: Object.values(parameters),
    ...(text.forOverlays ? { pagesOf: ({ path }, ports) => siteOf(path.site ?? '', ports) } : {}),
    async handle(call, ports) {
      const { needs = 'read', forOverlays = false } = text;
      const wanted = { site: call.path.site ?? '', needs, forOverlays, now: call.now };
      const allowed = await authorizeSite(call.authorization, wanted, ports);
      return handle({ ...call, ...allowed, values: parseAll(parameters, call.query) }, ports);
    },
  };
}

/** The values of a pattern's names, decoded; null when `path` is not of that shape. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const found = path.split('/');
  if (wanted.length !== found.length) return null;
  const values: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    const value = found[index] ?? '';
    if (name === undefined) {
      if (segment !== value) return null;
    } else {
      const decoded = decode(value);
      if (!decoded) return null;
      values[name] = decoded;
    }
  }
  return values;
}

/** Null for a percent sign that introduces nothing. */
function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
