/** The OpenAPI 3.1 document, made of the routes that the dispatcher uses. */
import type { Parameter } from './parameters.ts';
import { pathNames, publicRoute, type Route } from './route.ts';
import { errorSchema } from './schema.ts';

type Json = Record<string, unknown>;

export function openApiRoute(routes: () => readonly Route[]): Route {
  return publicRoute(
    {
      method: 'GET',
      path: '/v1/openapi.json',
      summary: 'This document',
      answer: {
        status: 200,
        description: 'OpenAPI 3.1.',
        schema: { type: 'object', required: ['openapi', 'info', 'paths'] },
        example: { openapi: '3.1.0', info: { title: 'SitePulse', version: '1' }, paths: {} },
      },
    },
    async () => ({ status: 200, json: openApiDocument(routes()) }),
  );
}

export function openApiDocument(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const methods = paths[route.path] ?? {};
    methods[route.method.toLowerCase()] = operationOf(route);
    paths[route.path] = methods;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'SitePulse',
      version: '1',
      description:
        'Reads what was counted. Instants in answers are ms since the epoch; `from` and `to` in an answer are the range ' +
        'really used. Events come in by POST /v1/events, which the snippet speaks.',
    },
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key of the site.' } },
      schemas: { Error: errorSchema },
    },
  };
}

function operationOf(route: Route): Json {
  const { summary, description, body, access } = route;
  return {
    summary,
    ...(description === undefined ? {} : { description }),
    security: access === 'public' ? [] : [{ key: [] }],
    parameters: [...pathParameters(route.path), ...route.query.map(queryParameter)],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: { [route.answer.status]: answerOf(route), ...refusals(route) },
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: pathNames[name] ?? '',
    schema: { type: 'string' },
  }));
}

function queryParameter({ name, description, required, schema }: Parameter<unknown>): Json {
  return { name, in: 'query', required, description, schema };
}

function answerOf({ answer: { description, schema, example } }: Route): Json {
  if (!schema) return { description, content: { 'image/jpeg': { schema: { type: 'string', format: 'binary' } } } };
  return { description, content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } } };
}

function refusals({ access, query, body, path }: Route): Json {
  const refusal = (description: string) => ({
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  });
  return {
    ...(query.length > 0 || body ? { 400: refusal('A parameter or the body is missing or out of its bounds.') } : {}),
    ...(access === 'public' ? {} : { 401: refusal('The key is missing or unknown.') }),
    ...(access === 'site' ? { 403: refusal('The key belongs to another site.') } : {}),
    ...(access === 'site'
      ? { 404: refusal(path.includes('captures') ? 'No such site or page.' : 'No such site.') }
      : {}),
    ...(path.endsWith('/markers') && body ? { 409: refusal('The day has as many markers as it can hold.') } : {}),
    ...(body ? { 413: refusal('The body is too large.') } : {}),
  };
}
