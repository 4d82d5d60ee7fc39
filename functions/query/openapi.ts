/** The OpenAPI 3.1 document, made of the routes that the dispatcher uses. */

import { securityOf, securitySchemes, whoMay } from './openapi-security.ts';
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
      securitySchemes,
      schemas: { Error: errorSchema },
    },
  };
}

function operationOf(route: Route): Json {
  const { summary, description, body } = route;
  return {
    summary,
    ...(description === undefined ? {} : { description }),
    security: securityOf(route),
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

function answerOf({ answer: { description, schema, example, otherForms } }: Route): Json {
  if (!schema) return { description, content: { 'image/jpeg': { schema: { type: 'string', format: 'binary' } } } };
  const json = { schema, ...(example === undefined ? {} : { example }) };
  return { description, content: { 'application/json': json, ...otherForms } };
}

function refusals(route: Route): Json {
  const { access, query, body, path } = route;
  const isOfSite = path.startsWith('/v1/sites/{site}');
  const refusal = (description: string) => ({
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  });
  return {
    ...(query.length > 0 || body ? { 400: refusal('A parameter or the body is missing or out of its bounds.') } : {}),
    ...(access === 'public' ? {} : { 401: refusal('The bearer is missing, unknown, revoked or over.') }),
    ...(access === 'public' ? {} : { 403: refusal(`The bearer may not: ${whoMay(route)}.`) }),
    ...(isOfSite ? { 404: refusal('No such site, or nothing of that name in it.') } : {}),
    ...(body ? { 413: refusal('The body is too large.') } : {}),
    ...(access === 'public' ? {} : { 503: refusal('The issuer of access tokens could not be asked.') }),
    ...Object.fromEntries(Object.entries(route.refusals ?? {}).map(([status, text]) => [status, refusal(text)])),
  };
}
