import { describe, expect, it } from 'vitest';
import { routes } from '../../cdk/routes.ts';
import { routes as answered } from '../../functions/query/routes.ts';
import { flat, resourcesOf, templateWith } from './synthesised.ts';

const template = templateWith();

interface RouteProperties {
  ApiId: unknown;
  RouteKey: string;
  Target: unknown;
}
/** Each route of an API with the function that it leads to. */
function routesOf(api: string): Record<string, string> {
  const integrations = resourcesOf(template, 'AWS::ApiGatewayV2::Integration');
  const found: Record<string, string> = {};
  for (const { Properties } of Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Route'))) {
    const { ApiId, RouteKey, Target } = Properties as unknown as RouteProperties;
    if (flat(ApiId) !== `<${api}>`) continue;
    const { 'Fn::Join': parts } = Target as { 'Fn::Join': [string, [string, { Ref: string }]] };
    const target = integrations[parts[1][1].Ref]?.Properties.IntegrationUri;
    found[RouteKey] = /<(\w+)Function\.Arn>/.exec(flat(target))?.[1] ?? '';
  }
  return found;
}

describe('the HTTP API', () => {
  it('has exactly the routes of the table', () => {
    const expected = routes.map(({ method, path, fn }) => [`${method} ${path}`, fn === 'ingest' ? 'Ingest' : 'Query']);
    expect(routesOf('HttpApi')).toEqual(Object.fromEntries(expected));
  });

  it('leads to what the query function answers, and to all of it', () => {
    const led = routes
      .filter(({ fn, method }) => fn === 'query' && method !== 'OPTIONS')
      .map(({ method, path }) => `${method} ${path}`);
    expect(led.sort()).toEqual(answered.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('lets the functions say whose pages may ask, where any may', () => {
    const apis = Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Api'));
    // With a configuration, API Gateway would drop the headers of the functions.
    expect(apis.filter(({ Properties }) => Properties.CorsConfiguration !== undefined)).toEqual([]);
    const preflights = routes.filter(({ method }) => method === 'OPTIONS').map(({ path }) => path);
    const below = answered.filter(({ forOverlays }) => forOverlays).map(({ path }) => path);
    expect(preflights.sort()).toEqual(['/v1/events', ...below].sort());
  });

  it('is throttled as configured', () => {
    const throttled = templateWith({ requestsPerSecondMax: '70', requestBurstMax: 90 });
    throttled.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 70, ThrottlingBurstLimit: 90 },
    });
  });

  it('throttles events apart from all else: a flood of them takes nothing from dashboards', () => {
    const limits = { ThrottlingRateLimit: 70, ThrottlingBurstLimit: 90 };
    const throttled = templateWith({ requestsPerSecondMax: '70', requestBurstMax: 90 });
    const [stage] = Object.values(resourcesOf(throttled, 'AWS::ApiGatewayV2::Stage')).filter(
      ({ Properties }) => Properties.StageName === '$default',
    );
    const events = routes.filter(({ fn }) => fn === 'ingest').map(({ method, path }) => `${method} ${path}`);
    expect(stage?.Properties.RouteSettings).toEqual(Object.fromEntries(events.map((key) => [key, limits])));
    // "Unable to find Route by key …", says API Gateway of a route that is not there yet.
    const all = resourcesOf(throttled, 'AWS::ApiGatewayV2::Route');
    const keys = [stage?.DependsOn].flat().map((id) => all[String(id)]?.Properties.RouteKey);
    expect(keys.sort()).toEqual(events.sort());
  });

  it('passes payloads in the format that the functions read', () => {
    const formats = Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Integration'))
      .filter(({ Properties }) => flat(Properties.ApiId) === '<HttpApi>')
      .map(({ Properties }) => Properties.PayloadFormatVersion);
    expect(new Set(formats)).toEqual(new Set(['2.0']));
  });
});

describe('the WebSocket API', () => {
  it('leads all that connections say and do to the socket function', () => {
    expect(routesOf('PushApi')).toEqual({
      $connect: 'QuerySocket',
      $disconnect: 'QuerySocket',
      $default: 'QuerySocket',
    });
  });

  it('is throttled', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: 'live',
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    });
  });
});
