import { type CfnCondition, CfnOutput, CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import { SitePulse } from './sitepulse.ts';

export interface SitePulseStackProps extends StackProps {
  configuration: Configuration;
  /** @default - `dist/functions` of this project */
  assetRoot?: string;
}

/** The pipeline in a stack of its own, as `npm run deploy` and the embedded cloud run it: what a deployment gives and gets. */
export class SitePulseStack extends Stack {
  readonly pulse: SitePulse;

  constructor(scope: Construct, id: string, { configuration, assetRoot, ...props }: SitePulseStackProps) {
    super(scope, id, props);
    // "Default" is left out of logical ids: what a resource is called does not hang on who holds the construct.
    this.pulse = new SitePulse(this, 'Default', {
      ...configuration,
      ...this.parameters(),
      ...(configuration.oidcIssuer === '' ? { issuer: this.issuer() } : {}),
      ...(assetRoot ? { assetRoot } : {}),
    });
    const { apiUrl, socketUrl, streamName, tables, archive, captures, warnings, identity } = this.pulse;
    this.outputs({
      HttpApiUrl: apiUrl,
      SocketUrl: socketUrl,
      StreamName: streamName,
      CountersTableName: tables.counters.tableName,
      VisitorsTableName: tables.visitors.tableName,
      AdmissionsTableName: tables.admissions.tableName,
      SitesTableName: tables.sites.tableName,
      ConnectionsTableName: tables.connections.tableName,
      WarningTopicArn: warnings.topicArn,
      ArchiveBucketName: archive.bucketName,
      CapturesBucketName: captures.bucketName,
      // What operators' commands must know of the functions' settings.
      StreamGeneration: String(configuration.streamGeneration),
      Epoch: String(configuration.epoch),
      // Of the account's concurrent executions: what the next deployment may reserve again.
      ConcurrencyReserved: String(
        configuration.ingestConcurrencyMax +
          configuration.captureConcurrencyMax +
          configuration.processConcurrencyReserved,
      ),
    });
    if (identity.cognito) {
      const { issuer, clientId, userPoolId, signOutUrl, condition } = identity.cognito;
      const made = { OidcIssuer: issuer, OidcClientId: clientId, UserPoolId: userPoolId, SignOutUrl: signOutUrl };
      this.outputs(made, condition);
    }
  }

  /** So that the same template runs with Cognito and without, as it does on one machine. */
  private issuer() {
    return {
      oidcIssuer: this.text('OidcIssuerUrl', 'An OIDC issuer of your own. Empty: the stack’s own Cognito user pool.'),
      oidcAudience: this.text('OidcAudience', 'Of your own issuer: values of `aud`, separated by commas.'),
      oidcClientIds: this.text('OidcClientIds', 'Of your own issuer: client ids, separated by commas.'),
    };
  }

  private text(id: string, description: string, noEcho = false): string {
    return new CfnParameter(this, id, { default: '', description, ...(noEcho ? { noEcho } : {}) }).valueAsString;
  }

  private parameters() {
    const text = this.text.bind(this);
    return {
      socketEndpoint: text(
        'SocketEndpoint',
        'Where the functions reach WebSocket connections. Empty: at the address that API Gateway gives the stage.',
      ),
      apiEndpoint: text(
        'ApiEndpoint',
        'Where the functions reach the HTTP API. Empty: at the address that API Gateway gives it.',
      ),
      alertSender: text(
        'AlertSender',
        'Whom the alerts of sites are mailed from: an address that SES has verified. Empty: nothing is mailed.',
      ),
      canaryState: new CfnParameter(this, 'CanaryState', {
        default: 'ENABLED',
        allowedValues: ['ENABLED', 'DISABLED'],
        description: 'Whether one page view a minute of a hidden site tests the pipeline.',
      }).valueAsString,
      socketUrl: text(
        'SocketUrlForBrowsers',
        'Where browsers open the WebSocket. Empty: at the address that API Gateway gives the stage.',
      ),
      edgeSecret: text(
        'EdgeSecret',
        'The secret header by which ingest believes what the edge says of a viewer. Empty: it believes no one.',
        true,
      ),
      captureNetworks: text(
        'CaptureNetworks',
        'Networks beyond public ones that captures may reach, as comma-separated CIDR blocks. Empty: none.',
      ),
      archiveWindowSeconds: new CfnParameter(this, 'ArchiveWindowSeconds', {
        type: 'Number',
        default: 300,
        minValue: 1,
        maxValue: 300,
        description: 'How long records are gathered into one object of the archive. Longer: fewer, larger objects.',
      }).valueAsNumber,
    };
  }

  private outputs(values: Record<string, string>, condition: CfnCondition | null = null): void {
    const only = condition ? { condition } : {};
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value, ...only });
  }
}
