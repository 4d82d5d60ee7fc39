import { CfnOutput, CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Archive } from './archive.ts';
import { Capture } from './capture.ts';
import { readConfiguration } from './configuration.ts';
import { HttpApi } from './http-api.ts';
import { Ingest } from './ingest.ts';
import { Process } from './process.ts';
import { Push } from './push.ts';
import { Query } from './query.ts';
import { PulseStream } from './stream.ts';
import { Tables } from './tables.ts';

export interface SitePulseStackProps extends StackProps {
  /** The folder that holds one folder per bundled function: `dist/functions`. */
  assetRoot: string;
}

/** The pipeline, in order of flow: nothing is decided here, only joined. */
export class SitePulseStack extends Stack {
  readonly archive: Bucket;

  constructor(scope: Construct, id: string, { assetRoot, ...props }: SitePulseStackProps) {
    super(scope, id, props);
    const configuration = readConfiguration(this.node);
    const { shards, streamGeneration, epoch, requestsPerSecondMax, requestBurstMax } = configuration;
    const { socketEndpoint, socketUrl, edgeSecret, captureNetworks, archiveWindowSeconds } = this.parameters();
    const defaults = { assetRoot, logRetentionDays: configuration.logRetentionDays };

    const tables = new Tables(this, 'Tables');
    const { stream } = new PulseStream(this, 'Stream', { shards, onDemand: configuration.onDemandStream });
    const archive = new Archive(this, 'Archive', {
      defaults,
      stream,
      streamGeneration,
      windowSeconds: archiveWindowSeconds,
      archiveRetentionDays: configuration.archiveRetentionDays,
      failedRetentionDays: configuration.failedRetentionDays,
    });
    this.archive = archive.bucket;
    const push = new Push(this, 'Push', { socketEndpoint, socketUrl });
    const ingest = new Ingest(this, 'Ingest', {
      defaults,
      stream,
      tables,
      edgeSecret,
      concurrencyMax: configuration.ingestConcurrencyMax,
    });
    const process = new Process(this, 'Process', {
      defaults,
      stream,
      shards,
      streamGeneration,
      epoch,
      tables,
      archive: archive.bucket,
      push,
    });
    const capture = new Capture(this, 'Capture', {
      defaults,
      tables,
      captureNetworks,
      retentionDays: configuration.captureRetentionDays,
    });
    const { query } = new Query(this, 'Query', { defaults, stream, epoch, tables, archive, capture, push });
    const api = new HttpApi(this, 'Http', {
      functions: { ingest: ingest.fn, query },
      requestsPerSecondMax,
      requestBurstMax,
    });
    new Alarms(this, 'Alarms', { ingest: ingest.fn, process: process.fn, archive: archive.fn });

    this.outputs({
      HttpApiUrl: api.url,
      SocketUrl: push.url,
      StreamName: stream.streamName,
      CountersTableName: tables.counters.tableName,
      VisitorsTableName: tables.visitors.tableName,
      AdmissionsTableName: tables.admissions.tableName,
      SitesTableName: tables.sites.tableName,
      ConnectionsTableName: tables.connections.tableName,
      ArchiveBucketName: archive.bucket.bucketName,
      CapturesBucketName: capture.bucket.bucketName,
    });
  }

  private parameters() {
    return {
      socketEndpoint: new CfnParameter(this, 'SocketEndpoint', {
        default: '',
        description:
          'Where the functions reach WebSocket connections. Empty: at the address that API Gateway gives the stage.',
      }),
      socketUrl: new CfnParameter(this, 'SocketUrlForBrowsers', {
        default: '',
        description: 'Where browsers open the WebSocket. Empty: at the address that API Gateway gives the stage.',
      }),
      edgeSecret: new CfnParameter(this, 'EdgeSecret', {
        default: '',
        noEcho: true,
        description:
          'The secret header by which ingest believes what the edge says of a viewer. Empty: it believes no one.',
      }),
      captureNetworks: new CfnParameter(this, 'CaptureNetworks', {
        default: '',
        description:
          'Networks beyond public ones that captures may reach, as comma-separated CIDR blocks. Empty: none.',
      }),
      archiveWindowSeconds: new CfnParameter(this, 'ArchiveWindowSeconds', {
        type: 'Number',
        default: 300,
        minValue: 1,
        maxValue: 300,
        description: 'How long records are gathered into one object of the archive. Longer: fewer, larger objects.',
      }),
    };
  }

  private outputs(values: Record<string, string>): void {
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value });
  }
}
