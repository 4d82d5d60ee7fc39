import { describe, expect, it } from 'vitest';
import { routes as gatewayRoutes } from '../../../cdk/routes.ts';
import { dimensions } from '../../../functions/query/breakdown.ts';
import { routes } from '../../../functions/query/routes.ts';
import { demoApi } from './demo-api.ts';
import { schemaFaults } from './schema-faults.ts';

const shape = (method: string, path: string) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`;

describe('the OpenAPI document', () => {
  it('is public, and says which version it is', async () => {
    const { ask } = await demoApi();
    const { statusCode, json } = await ask('/v1/openapi.json', { key: '' });
    expect([statusCode, json.openapi]).toEqual([200, '3.1.0']);
  });

  it('describes every route, its parameters and its refusals', async () => {
    const { ask } = await demoApi();
    const { paths } = (await ask('/v1/openapi.json')).json;
    for (const route of routes) {
      const operation = paths[route.path][route.method.toLowerCase()];
      const named = operation.parameters.map(({ name }: { name: string }) => name);
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(named).toEqual([...inPath, ...route.query.map(({ name }) => name)]);
      expect(operation.parameters.every(({ description }: { description: string }) => description !== '')).toBe(true);
      expect(Object.keys(operation.responses)).toContain(String(route.answer.status));
      expect('401' in operation.responses).toBe(route.access !== 'public');
    }
    expect(Object.values(paths).flatMap((path) => Object.keys(path as object))).toHaveLength(routes.length);
  });

  it('gives parameters the bounds that the parser keeps', async () => {
    const { ask } = await demoApi();
    const { paths } = (await ask('/v1/openapi.json')).json;
    const parameters = paths['/v1/sites/{site}/breakdown'].get.parameters;
    const of = (name: string) => parameters.find((parameter: { name: string }) => parameter.name === name);
    expect(of('dimension')).toMatchObject({ required: true, schema: { enum: [...dimensions] } });
    expect(of('limit')).toMatchObject({ required: false, schema: { minimum: 1, maximum: 1000, default: 100 } });
  });

  it.each(routes.filter(({ answer }) => answer.schema).map((route) => [`${route.method} ${route.path}`, route]))(
    '%s shows an example that is as described',
    (_name, { answer }) => {
      expect(answer.example).toBeDefined();
      expect(schemaFaults(answer.example, answer.schema ?? {})).toEqual([]);
    },
  );

  it('is of the routes that the gateway lets through', () => {
    const through = gatewayRoutes
      .filter(({ fn, method }) => fn === 'query' && method !== 'OPTIONS')
      .map(({ method, path }) => shape(method, path));
    expect(through.sort()).toEqual(routes.map(({ method, path }) => shape(method, path)).sort());
  });
});

describe('the check of examples', () => {
  it('finds what is missing, wrong or not described', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'integer' } },
      required: ['a'],
      additionalProperties: false,
    };
    expect(schemaFaults({ a: 1 }, schema)).toEqual([]);
    expect(schemaFaults({}, schema)).toHaveLength(1);
    expect(schemaFaults({ a: 1.5 }, schema)).toHaveLength(1);
    expect(schemaFaults({ a: 1, b: 2 }, schema)).toHaveLength(1);
  });
});
