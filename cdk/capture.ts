import { Duration } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environmentName as env } from '../functions/environment.ts';
import { privateBucket } from './private-bucket.ts';
import { type FunctionDefaults, PulseFunction } from './pulse-function.ts';
import { runEvery } from './run-every.ts';
import type { Tables } from './tables.ts';

export interface CaptureProps {
  defaults: FunctionDefaults;
  tables: Tables;
  captureNetworks: string;
  epoch: number;
  retentionDays: number;
  concurrencyMax: number;
}

/** Takes pictures of pages for the heatmaps, each with the boxes of its elements. */
export class Capture extends Construct {
  readonly fn: PulseFunction;
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: CaptureProps) {
    super(scope, id);
    const { defaults, tables, captureNetworks, retentionDays, concurrencyMax } = props;
    this.bucket = privateBucket(this, 'Bucket', [
      { id: 'captures', prefix: 'captures/', expiration: Duration.days(retentionDays) },
      { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
    ]);
    this.fn = new PulseFunction(this, 'Capture', {
      ...defaults,
      name: 'capture',
      description: 'Takes a picture of a page and lists the boxes of its elements',
      // The packed browser is built for x86_64 alone.
      architecture: Architecture.X86_64,
      memoryMegabytes: 2048,
      timeoutSeconds: 60,
      reservedConcurrency: concurrencyMax,
      environment: {
        [env.sitesTable]: tables.sites.tableName,
        [env.capturesBucket]: this.bucket.bucketName,
        [env.captureNetworks]: captureNetworks,
      },
    });
    // It opens pages that others wrote: the table's salts and secrets are not within its reach.
    this.fn.allowItems(['dynamodb:GetItem'], tables.sites.tableArn, ['site|*']);
    this.fn.allowWithin(
      ['s3:PutObject'],
      this.bucket.arnForObjects('captures/*'),
      'A capture is named by site, page, device and time.',
    );
    this.plan(props);
  }

  /** Looks every five minutes which pictures are due, and has them taken. It writes no capture itself. */
  private plan({ defaults, tables, epoch }: CaptureProps): void {
    const fn = new PulseFunction(this, 'Capture-Plan', {
      ...defaults,
      name: 'capture-plan',
      description: 'Has the pictures of pages taken that are due',
      memoryMegabytes: 256,
      timeoutSeconds: 300,
      environment: {
        [env.epoch]: String(epoch),
        [env.countersTable]: tables.counters.tableName,
        [env.sitesTable]: tables.sites.tableName,
        [env.capturesBucket]: this.bucket.bucketName,
        [env.captureFunction]: this.fn.lambda.functionName,
      },
    });
    fn.allow(['dynamodb:Query'], tables.counters.tableArn);
    fn.allowItems(['dynamodb:GetItem'], tables.sites.tableArn, ['epoch|current', 'site|*']);
    fn.allowItems(['dynamodb:Query'], tables.sites.tableArn, ['markers|*', 'sites']);
    fn.allowWithin(
      ['s3:GetObject', 's3:PutObject'],
      this.bucket.arnForObjects('plans/*'),
      'What was planned is named by site.',
    );
    // Without the right to list, a missing object is answered "access denied" instead of "not found".
    fn.allow(['s3:ListBucket'], this.bucket.bucketArn);
    fn.allow(['lambda:InvokeFunction'], this.fn.lambda.functionArn);
    runEvery(fn, Duration.minutes(5));
  }
}
