import type { Fields } from './fields.ts';
import { nameInArn } from './resource-identity.ts';
import type { Resource, Template } from './template.ts';
import { TokenBucket } from './token-bucket.ts';

/** An API Gateway v2 API with what stands around it in the template. */
export interface ApiDescription {
  id: string;
  stage: string;
  properties: Fields;
  /** Route key → function's name. */
  routes: Map<string, string>;
  /** Takes one request of a route; false: throttled. */
  admit(routeKey: string, now: number): boolean;
}

/** AWS's own limits of an account and region, where the stage sets none. */
const accountRate = 10_000;
const accountBurst = 5_000;

/** @throws Error when the template does not have exactly one API of the protocol, or when it asks for what is not run here. */
export function describeApi(template: Template, protocol: 'HTTP' | 'WEBSOCKET'): ApiDescription {
  const [api, ...others] = template
    .ofType('AWS::ApiGatewayV2::Api')
    .filter(({ properties }) => properties.text('ProtocolType') === protocol);
  if (!api || others.length > 0) throw new Error(`the template should have one ${protocol} API`);
  const stage = template
    .ofType('AWS::ApiGatewayV2::Stage')
    .find(({ properties }) => properties.text('ApiId') === api.name);
  if (!stage) throw new Error(`the ${protocol} API ${api.id} has no stage`);
  return {
    id: api.name,
    stage: stage.name,
    properties: api.properties,
    routes: routesOf(template, api),
    admit: throttleOf(stage.properties),
  };
}

function routesOf(template: Template, api: Resource): Map<string, string> {
  const integrations = new Map(
    template.ofType('AWS::ApiGatewayV2::Integration').map((integration) => [integration.name, integration]),
  );
  const routes = new Map<string, string>();
  for (const { id, properties } of template.ofType('AWS::ApiGatewayV2::Route')) {
    if (properties.text('ApiId') !== api.name) continue;
    if (properties.text('AuthorizationType', 'NONE') !== 'NONE') throw new Error(`${id}: no authorizers are run here`);
    const integration = integrations.get(nameInArn(properties.text('Target')));
    if (!integration) throw new Error(`${id} has no integration ${properties.text('Target')}`);
    routes.set(properties.text('RouteKey'), functionOf(integration));
  }
  return routes;
}

/** `…:function:NAME`, or the same within an invocation path `…/functions/ARN/invocations`. */
function functionOf({ id, properties }: Resource): string {
  if (properties.text('IntegrationType') !== 'AWS_PROXY') throw new Error(`${id}: only AWS_PROXY is run here`);
  return nameInArn(properties.text('IntegrationUri').replace(/\/invocations$/, ''));
}

function throttleOf(stage: Fields): (routeKey: string, now: number) => boolean {
  const base = stage.fields('DefaultRouteSettings');
  const all = bucketOf(base, accountRate, accountBurst);
  const own = new Map<string, TokenBucket>();
  const settings = stage.fields('RouteSettings');
  for (const key of settings.names()) own.set(key, bucketOf(settings.fields(key), accountRate, accountBurst));
  return (routeKey, now) => (own.get(routeKey) ?? all).take(now);
}

function bucketOf(settings: Fields, rate: number, burst: number): TokenBucket {
  return new TokenBucket(
    settings.number('ThrottlingRateLimit', rate),
    settings.number('ThrottlingBurstLimit', burst),
    Date.now(),
  );
}
