import { Duration } from 'aws-cdk-lib';
import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environmentName as env } from '../functions/environment.ts';
import { type FunctionDefaults, PulseFunction } from './pulse-function.ts';
import { runEvery } from './run-every.ts';
import type { Tables } from './tables.ts';

export interface EraseProps {
  defaults: FunctionDefaults;
  stream: Stream;
  epoch: number;
  tables: Tables;
  archive: Bucket;
  captures: Bucket;
}

/** Removes what is left of deleted sites. The right to delete so much is this function's alone, and nobody can call it. */
export class Erase extends Construct {
  readonly fn: PulseFunction;

  constructor(scope: Construct, id: string, props: EraseProps) {
    super(scope, id);
    const { defaults, stream, epoch, tables, archive, captures } = props;
    this.fn = new PulseFunction(this, 'Erase', {
      ...defaults,
      name: 'erase',
      description: 'Removes what is left of sites that were deleted',
      memoryMegabytes: 256,
      timeoutSeconds: 900,
      environment: {
        [env.epoch]: String(epoch),
        [env.streamName]: stream.streamName,
        [env.countersTable]: tables.counters.tableName,
        [env.visitorsTable]: tables.visitors.tableName,
        [env.admissionsTable]: tables.admissions.tableName,
        [env.sitesTable]: tables.sites.tableName,
        [env.archiveBucket]: archive.bucketName,
        [env.capturesBucket]: captures.bucketName,
      },
    });
    this.grant(props);
    runEvery(this.fn, Duration.minutes(5));
  }

  private grant({ stream, tables, archive, captures }: EraseProps): void {
    const { fn } = this;
    for (const { tableArn } of [tables.counters, tables.visitors, tables.admissions]) {
      fn.allow(['dynamodb:Scan', 'dynamodb:BatchWriteItem'], tableArn);
    }
    fn.allow(['dynamodb:GetItem'], tables.counters.tableArn);
    const sites = tables.sites.tableArn;
    const facts = ['alerts|*', 'audit|*', 'markers|*', 'refused|*', 'used|*', 'visitor-erasures|*'];
    fn.allowItems(['dynamodb:GetItem'], sites, ['access|*', 'epoch|current']);
    fn.allowItems(['dynamodb:Query'], sites, [...facts, 'erasures', 'site|*']);
    fn.allowItems(['dynamodb:BatchWriteItem'], sites, facts);
    fn.allowItems(['dynamodb:UpdateItem'], sites, ['access|*', 'erasures']);
    const gone = [
      'access|*',
      'api-key|*',
      'erasures',
      'invitation|*',
      'salt|*',
      'share|*',
      'site|*',
      'sites',
      'user|*',
      'write-key|*',
    ];
    fn.allowItems(['dynamodb:DeleteItem'], sites, gone);
    fn.allow(['kinesis:ListShards', 'kinesis:PutRecords'], stream.streamArn);
    fn.allow(['s3:ListBucket'], archive.bucketArn);
    fn.allow(['s3:ListBucket'], captures.bucketArn);
    for (const prefix of ['events', 'failed', 'redriven', 'residue']) {
      fn.allowWithin(
        ['s3:DeleteObject'],
        archive.arnForObjects(`${prefix}/*`),
        'Objects are named by site, which is deleted at run time.',
      );
    }
    for (const prefix of ['captures', 'plans']) {
      fn.allowWithin(
        ['s3:DeleteObject'],
        captures.arnForObjects(`${prefix}/*`),
        'Objects are named by site, which is deleted at run time.',
      );
    }
  }
}
