import { Validations } from 'aws-cdk-lib';
import {
  HttpApi as Api,
  type CfnRoute,
  type CfnStage,
  HttpMethod,
  type HttpRoute,
  HttpStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { PulseFunction } from './pulse-function.ts';
import { type Route, routes } from './routes.ts';

export interface HttpApiProps {
  functions: Record<Route['fn'], PulseFunction>;
  requestsPerSecondMax: number;
  requestBurstMax: number;
}

/** The HTTP API: where the snippet sends, and where dashboards and tools read. */
export class HttpApi extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { functions, requestsPerSecondMax, requestBurstMax }: HttpApiProps) {
    super(scope, id);
    const api = new Api(this, 'Api', {
      apiName: 'sitepulse',
      createDefaultStage: false,
      // No CORS here: whose pages may send or read is the sites' configuration, so the functions answer it, preflights included.
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: requestsPerSecondMax, burstLimit: requestBurstMax },
    });
    Validations.of(stage).acknowledge({
      id: 'AwsSolutions-APIG1',
      reason:
        'An access log would keep addresses that the product promises not to keep; the functions count what they refuse, by reason.',
    });
    this.url = api.apiEndpoint;
    const integrations = {
      ingest: integration('Ingest', functions.ingest),
      query: integration('Query', functions.query),
    };
    const eventRoutes: HttpRoute[] = [];
    for (const { method, path, fn } of routes) {
      for (const added of api.addRoutes({ path, methods: [HttpMethod[method]], integration: integrations[fn] })) {
        if (fn === 'ingest') eventRoutes.push(added);
        Validations.of(added).acknowledge({
          id: 'AwsSolutions-APIG4',
          reason:
            'Ingest takes events from anonymous visitors; the query function verifies bearers itself, so that a revocation acts at once.',
        });
      }
    }
    this.throttleApart(stage, eventRoutes, { requestsPerSecondMax, requestBurstMax });
  }

  /**
   * Events have limits of their own beside the stage's, which are then the dashboards' and tools': pages that flood ingest must not
   * use up what those may ask (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html).
   */
  private throttleApart(
    stage: HttpStage,
    eventRoutes: HttpRoute[],
    limits: Pick<HttpApiProps, 'requestsPerSecondMax' | 'requestBurstMax'>,
  ): void {
    const cfnStage = stage.node.defaultChild as CfnStage;
    const throttling = {
      ThrottlingRateLimit: limits.requestsPerSecondMax,
      ThrottlingBurstLimit: limits.requestBurstMax,
    };
    cfnStage.routeSettings = Object.fromEntries(
      eventRoutes.map(({ node }) => node.defaultChild as CfnRoute).map(({ routeKey }) => [routeKey, throttling]),
    );
    // A stage may only name routes that there are.
    for (const { node } of eventRoutes) cfnStage.addResourceDependency(node.defaultChild as CfnRoute);
  }
}

/** One permission for all routes of a function: one for each would outgrow the function's policy. */
function integration(id: string, fn: PulseFunction): HttpLambdaIntegration {
  return new HttpLambdaIntegration(id, fn.lambda, { scopePermissionToRoute: false });
}
