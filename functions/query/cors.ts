/** Which pages of other origins may ask, and read what is answered: those of the site that a route is about, and no others. */
import { originAllowed } from '../contract/origin.ts';
import { ApiError } from './api-error.ts';
import type { QueryPorts } from './query-ports.ts';
import type { Call, Route } from './route.ts';

/** A change of the site's origins reaches its open overlays this late. */
const preflightKeptS = 600;

/** For any answer of `route`; with `access-control-allow-origin` for pages of the site's origins only. */
export async function corsHeaders(
  route: Route,
  call: Call,
  ports: Pick<QueryPorts, 'sites'>,
): Promise<Record<string, string>> {
  if (!route.pagesOf) return {};
  const isAllowed = call.origin !== undefined && (await isPageOf(route.pagesOf(call, ports), call.origin));
  return { vary: 'origin', ...(isAllowed && call.origin ? { 'access-control-allow-origin': call.origin } : {}) };
}

/** What a preflight for one of `methods` is answered, beside `corsHeaders`. */
export function preflightHeaders(methods: readonly string[]): Record<string, string> {
  return {
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': String(preflightKeptS),
  };
}

async function isPageOf(found: ReturnType<NonNullable<Route['pagesOf']>>, origin: string): Promise<boolean> {
  try {
    return originAllowed(origin, (await found)?.origins ?? []);
  } catch (error) {
    // What can't be read names no site; the handler says what is wrong with it.
    if (error instanceof ApiError) return false;
    throw error;
  }
}
