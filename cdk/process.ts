import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environmentName as env } from '../functions/environment.ts';
import { type FunctionDefaults, PulseFunction } from './pulse-function.ts';
import type { Push } from './push.ts';
import type { Tables } from './tables.ts';

export interface ProcessProps {
  defaults: FunctionDefaults;
  stream: Stream;
  shards: number;
  streamGeneration: number;
  epoch: number;
  tables: Tables;
  archive: Bucket;
  push: Push;
  /** 0: none. */
  concurrencyReserved: number;
}

/** The processor: folds the stream into counters, exactly once, and pushes the totals. */
export class Process extends Construct {
  readonly fn: PulseFunction;

  constructor(scope: Construct, id: string, props: ProcessProps) {
    super(scope, id);
    const { stream, tables, archive, push } = props;
    this.fn = new PulseFunction(this, 'Process', {
      ...props.defaults,
      name: 'process',
      description: 'Folds the stream into counters and pushes totals to dashboards',
      memoryMegabytes: 1024,
      timeoutSeconds: 60,
      reservedConcurrency: props.concurrencyReserved,
      environment: {
        [env.epoch]: String(props.epoch),
        [env.streamGeneration]: String(props.streamGeneration),
        [env.streamName]: stream.streamName,
        [env.countersTable]: tables.counters.tableName,
        [env.visitorsTable]: tables.visitors.tableName,
        [env.admissionsTable]: tables.admissions.tableName,
        [env.sitesTable]: tables.sites.tableName,
        [env.connectionsTable]: tables.connections.tableName,
        [env.archiveBucket]: archive.bucketName,
        [env.socketEndpoint]: push.endpoint,
      },
    });
    this.grant(props);
    this.readStream(props);
  }

  private grant({ stream, tables, archive, push }: ProcessProps): void {
    // Counters are added to, never read: an update answers with the totals.
    this.fn.allow(['dynamodb:UpdateItem'], tables.counters.tableArn);
    this.fn.allow(
      ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      tables.visitors.tableArn,
    );
    this.fn.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], tables.admissions.tableArn);
    this.fn.allowItems(['dynamodb:GetItem'], tables.sites.tableArn, ['access|*', 'epoch|current', 'site|*']);
    this.fn.allowItems(['dynamodb:UpdateItem'], tables.sites.tableArn, ['used|*']);
    // Whom to push to, the pace while watched, and the end of connections that have gone.
    this.fn.allow(
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      tables.connections.tableArn,
    );
    // The mapping reads in the function's role.
    this.fn.allow(
      [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      stream.streamArn,
    );
    // A record whose load belongs to another visitor is put back under its owner's key.
    this.fn.allow(['kinesis:PutRecord'], stream.streamArn);
    this.fn.allowWithin(
      ['s3:PutObject'],
      archive.arnForObjects('failed/*'),
      'A record that could not be counted is kept under its reason, shard and position.',
    );
    this.fn.allowWithin(
      ['s3:PutObject'],
      archive.arnForObjects('aws/lambda/*'),
      "The event source mapping acts in the function's role, and names what it discards by mapping, shard and time.",
    );
    // What AWS asks of a mapping whose destination is a bucket.
    this.fn.allow(['s3:ListBucket'], archive.bucketArn);
    push.allowPosting(this.fn);
    push.allowClosing(this.fn);
  }

  /**
   * Written out in full, as the counting rests on it (DESIGN §5). With one batch per shard at a time, in order; retried for
   * ever, so that a fault of the infrastructure holds the stream up rather than losing a record.
   */
  private readStream({ stream, shards, archive }: ProcessProps): void {
    new CfnEventSourceMapping(this, 'Mapping', {
      functionName: this.fn.lambda.functionName,
      eventSourceArn: stream.streamArn,
      startingPosition: 'TRIM_HORIZON',
      batchSize: 500,
      // Many shards mean many small pushes at once: waiting a little merges them (DESIGN §7).
      maximumBatchingWindowInSeconds: shards > 2 ? Math.max(1, Math.floor(shards / 2)) : 0,
      parallelizationFactor: 1,
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: -1,
      maximumRecordAgeInSeconds: -1,
      destinationConfig: { onFailure: { destination: archive.bucketArn } },
    }).node.addDependency(this.fn);
  }
}
