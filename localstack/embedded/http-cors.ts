import type { Fields } from './fields.ts';

export type Headers = Record<string, string>;

/** What an HTTP API's CORS configuration makes API Gateway answer, whatever the function says. */
export interface Cors {
  /** The headers of a preflight's answer; null where this is none, or there is no CORS configuration. */
  preflight(method: string, headers: Headers): Headers | null;
  /** Headers to add to any answer. */
  onAnswer(headers: Headers): Headers;
  /** API Gateway drops a function's own CORS headers when it has a configuration. */
  configured: boolean;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
export function corsOf(configuration: Fields): Cors {
  const origins = configuration.texts('AllowOrigins');
  const credentials = configuration.truth('AllowCredentials');
  const exposed = configuration.texts('ExposeHeaders').join(',');
  const configured = configuration.names().length > 0;

  function origin(headers: Headers): Headers | null {
    const asked = headers.origin;
    if (!configured || asked === undefined || !origins.some((allowed) => covers(allowed, asked))) return null;
    return {
      'access-control-allow-origin': origins.includes('*') ? '*' : asked,
      ...(credentials ? { 'access-control-allow-credentials': 'true' } : {}),
    };
  }
  return {
    configured,
    preflight(method, headers) {
      if (!configured || method !== 'OPTIONS' || !headers.origin || !headers['access-control-request-method'])
        return null;
      const allowed = origin(headers);
      if (!allowed) return {};
      return {
        ...allowed,
        'access-control-allow-methods': configuration.texts('AllowMethods').join(','),
        'access-control-allow-headers': configuration.texts('AllowHeaders').join(','),
        ...(configuration.has('MaxAge') ? { 'access-control-max-age': configuration.text('MaxAge') } : {}),
      };
    },
    onAnswer: (headers) => ({
      ...(origin(headers) ?? {}),
      ...(exposed && origin(headers) ? { 'access-control-expose-headers': exposed } : {}),
    }),
  };
}

/** `*`, `https://*` and the like: a star at the end stands for any rest. */
function covers(allowed: string, asked: string): boolean {
  return allowed === asked || (allowed.endsWith('*') && asked.startsWith(allowed.slice(0, -1)));
}
