import { Duration } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { privateBucket } from './private-bucket.ts';

/** Where records go that could not be counted: `failed/` by the processor, `aws/lambda/` by the event source mapping. */
export class Archive extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { failedRetentionDays }: { failedRetentionDays: number }) {
    super(scope, id);
    const expiration = Duration.days(failedRetentionDays);
    this.bucket = privateBucket(this, 'Bucket', [
      { id: 'failed', prefix: 'failed/', expiration },
      { id: 'discarded', prefix: 'aws/lambda/', expiration },
      { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
    ]);
  }
}
