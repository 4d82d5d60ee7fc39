import { Duration } from 'aws-cdk-lib';
import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environmentName as env } from '../functions/environment.ts';
import { privateBucket } from './private-bucket.ts';
import { type FunctionDefaults, PulseFunction } from './pulse-function.ts';

export interface ArchiveProps {
  defaults: FunctionDefaults;
  stream: Stream;
  streamGeneration: number;
  /** How long records are gathered into one object, seconds. */
  windowSeconds: number;
  archiveRetentionDays: number;
  failedRetentionDays: number;
}

/**
 * Every accepted record, under `events/`; what could not be counted, under `failed/` until it is played again and under
 * `redriven/` after that; and what an event source mapping gave up, under `aws/lambda/`.
 */
export class Archive extends Construct {
  readonly bucket: Bucket;
  readonly fn: PulseFunction;

  constructor(scope: Construct, id: string, props: ArchiveProps) {
    super(scope, id);
    const { archiveRetentionDays, failedRetentionDays } = props;
    const failed = Duration.days(failedRetentionDays);
    this.bucket = privateBucket(this, 'Bucket', [
      { id: 'events', prefix: 'events/', expiration: Duration.days(archiveRetentionDays) },
      // What stays of erased visitors, as long as the records beside which it counts.
      { id: 'residue', prefix: 'residue/', expiration: Duration.days(archiveRetentionDays) },
      { id: 'failed', prefix: 'failed/', expiration: failed },
      { id: 'redriven', prefix: 'redriven/', expiration: failed },
      { id: 'discarded', prefix: 'aws/lambda/', expiration: failed },
      // What Athena answered (see archive-sql-stack.ts).
      { id: 'answers', prefix: 'athena/', expiration: Duration.days(7) },
      { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
    ]);
    this.fn = this.archiver(props);
    this.readStream(props);
  }

  private archiver({ defaults, stream, streamGeneration }: ArchiveProps): PulseFunction {
    const fn = new PulseFunction(this, 'Archive', {
      ...defaults,
      name: 'archive',
      description: 'Writes every accepted record to the archive',
      memoryMegabytes: 512,
      timeoutSeconds: 120,
      environment: {
        [env.streamGeneration]: String(streamGeneration),
        [env.archiveBucket]: this.bucket.bucketName,
      },
    });
    fn.allow(
      [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      stream.streamArn,
    );
    fn.allowWithin(
      ['s3:PutObject'],
      this.bucket.arnForObjects('events/*'),
      'An object of the archive is named by site, hour, shard and positions.',
    );
    fn.allowWithin(
      ['s3:PutObject'],
      this.bucket.arnForObjects('aws/lambda/*'),
      "The event source mapping acts in the function's role, and names what it discards by mapping, shard and time.",
    );
    // What AWS asks of a mapping whose destination is a bucket.
    fn.allow(['s3:ListBucket'], this.bucket.bucketArn);
    return fn;
  }

  /** Retried for ever, as the processor's: a fault holds the archive up and loses nothing, for as long as the stream keeps it. */
  private readStream({ stream, windowSeconds }: ArchiveProps): void {
    new CfnEventSourceMapping(this, 'Mapping', {
      functionName: this.fn.lambda.functionName,
      eventSourceArn: stream.streamArn,
      startingPosition: 'TRIM_HORIZON',
      // Few large objects: each costs a request to write, and one to read. Lambda's own 6 MB cut a batch before this does.
      batchSize: 10_000,
      maximumBatchingWindowInSeconds: windowSeconds,
      parallelizationFactor: 1,
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: -1,
      maximumRecordAgeInSeconds: -1,
      destinationConfig: { onFailure: { destination: this.bucket.bucketArn } },
    }).node.addDependency(this.fn);
  }
}
