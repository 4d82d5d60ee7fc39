import { Aws, Validations } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { givenOr } from './given-or.ts';
import type { PulseFunction } from './pulse-function.ts';

export interface PushProps {
  /** Where the functions reach the connections; empty: at AWS's own address. */
  socketEndpoint: string;
  /** Where browsers open connections; empty: at AWS's own address. */
  socketUrl: string;
}

/** The WebSocket API over which dashboards watch. Its `$connect` checks a one-use ticket itself, in the socket function. */
export class Push extends Construct {
  readonly stage: WebSocketStage;
  /** The address of the management API, for the functions that post to connections. */
  readonly endpoint: string;
  /** The address that browsers open. */
  readonly url: string;
  private readonly api: WebSocketApi;

  constructor(scope: Construct, id: string, { socketEndpoint, socketUrl }: PushProps) {
    super(scope, id);
    this.api = new WebSocketApi(this, 'Api', {
      apiName: 'sitepulse-live',
      routeSelectionExpression: '$request.body.op',
    });
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: 'live',
      autoDeploy: true,
      throttle: { rateLimit: 500, burstLimit: 1000 },
    });
    Validations.of(this.stage).acknowledge({
      id: 'AwsSolutions-APIG1',
      reason:
        'Access logs of a WebSocket API need a role set on the whole account, which a stack must not change; the functions log.',
    });
    this.endpoint = givenOr(this, 'EndpointIsDefault', socketEndpoint, this.stage.callbackUrl);
    this.url = givenOr(this, 'UrlIsDefault', socketUrl, this.stage.url);
  }

  /** Sends what connections say, and their coming and going, to `socket`. */
  serve(socket: PulseFunction): void {
    for (const route of ['$connect', '$disconnect', '$default']) {
      const added = this.api.addRoute(route, {
        integration: new WebSocketLambdaIntegration(`Socket${route.slice(1)}`, socket.lambda),
      });
      Validations.of(added).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason:
          '$connect redeems a one-use ticket in the function itself and answers 403 without one; other routes need a connection.',
      });
    }
  }

  /** Lets `fn` post to every connection of this stage. */
  allowPosting(fn: PulseFunction): void {
    this.allow(fn, 'POST', 'only to post');
  }

  /** Lets `fn` end every connection of this stage: those whose right was revoked. */
  allowClosing(fn: PulseFunction): void {
    this.allow(fn, 'DELETE', 'only to end them');
  }

  private allow(fn: PulseFunction, method: 'POST' | 'DELETE', only: string): void {
    const connections = `${this.api.apiId}/${this.stage.stageName}/${method}/@connections/*`;
    fn.allowWithin(
      ['execute-api:ManageConnections'],
      `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${connections}`,
      `Connection ids are made by API Gateway when a dashboard connects: those of this stage, and ${only}.`,
    );
  }
}
