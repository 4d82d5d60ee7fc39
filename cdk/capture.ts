import { Duration } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environmentName as env } from '../functions/environment.ts';
import { privateBucket } from './private-bucket.ts';
import { type FunctionDefaults, PulseFunction } from './pulse-function.ts';
import type { Tables } from './tables.ts';

export interface CaptureProps {
  defaults: FunctionDefaults;
  tables: Tables;
  captureNetworks: string;
  retentionDays: number;
}

/** Takes pictures of pages for the heatmaps, each with the boxes of its elements. */
export class Capture extends Construct {
  readonly fn: PulseFunction;
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { defaults, tables, captureNetworks, retentionDays }: CaptureProps) {
    super(scope, id);
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
  }
}
