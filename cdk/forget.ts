import { Duration } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environmentName as env } from '../functions/environment.ts';
import { type FunctionDefaults, PulseFunction } from './pulse-function.ts';
import { runEvery } from './run-every.ts';
import type { Tables } from './tables.ts';

export interface ForgetProps {
  defaults: FunctionDefaults;
  tables: Tables;
  archive: Bucket;
  epoch: number;
  archiveRetentionDays: number;
  captures: Bucket;
  captureRetentionDays: number;
}

const pictures = 'A capture is named by site, page, device and time; what a site no longer keeps goes.';

/** Sees to it, every hour, that nothing is kept longer than it should be: salts, visitors who are to be erased, what sites no longer keep. */
export class Forget extends Construct {
  readonly fn: PulseFunction;

  constructor(scope: Construct, id: string, props: ForgetProps) {
    super(scope, id);
    const { defaults, tables, archive, captures } = props;
    this.fn = new PulseFunction(this, 'Forget', {
      ...defaults,
      name: 'forget',
      description: 'Deletes expired salts, erased visitors and what sites no longer keep',
      memoryMegabytes: 1024,
      // It reads a visitor's days of the archive.
      timeoutSeconds: 900,
      environment: {
        [env.epoch]: String(props.epoch),
        [env.archiveRetentionDays]: String(props.archiveRetentionDays),
        [env.captureRetentionDays]: String(props.captureRetentionDays),
        [env.capturesBucket]: captures.bucketName,
        [env.archiveBucket]: archive.bucketName,
        [env.countersTable]: tables.counters.tableName,
        [env.visitorsTable]: tables.visitors.tableName,
        [env.admissionsTable]: tables.admissions.tableName,
        [env.sitesTable]: tables.sites.tableName,
      },
    });
    const sites = tables.sites.tableArn;
    this.fn.allowItems(['dynamodb:Query'], sites, ['sites', 'visitor-erasures|*']);
    this.fn.allowItems(['dynamodb:GetItem'], sites, ['site|*', 'epoch|current', 'epoch|build']);
    this.fn.allowItems(['dynamodb:PutItem'], sites, ['visitor-erasures|*']);
    // One rebuild or erasure at a time.
    this.fn.allowItems(['dynamodb:UpdateItem'], sites, ['epoch|holder']);
    // It deletes salts and reads none.
    this.fn.allowItems(['dynamodb:DeleteItem'], sites, ['salt|*']);
    this.fn.allow(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'], tables.visitors.tableArn);
    this.fn.allow(['dynamodb:Query'], tables.admissions.tableArn);
    // Days that a site no longer keeps; never the minutes, or how far a site has been processed.
    const ofDays = ['*|element|*', '*|page|*', '*|value|*'];
    this.fn.allowItems(['dynamodb:BatchWriteItem'], tables.admissions.tableArn, ofDays);
    const counted = ['dynamodb:Query', 'dynamodb:BatchWriteItem'];
    const byDay = [...ofDays, '*|hour|*', '*|transition|*', '*|goal|*', '*|session|*'];
    this.fn.allowItems(counted, tables.counters.tableArn, byDay);
    this.fn.allow(['s3:ListBucket'], archive.bucketArn);
    for (const prefix of ['events/', 'residue/', 'failed/', 'redriven/']) {
      const actions = ['s3:GetObject', 's3:DeleteObject'];
      if (prefix === 'events/' || prefix === 'residue/') actions.push('s3:PutObject');
      this.fn.allowWithin(
        actions,
        archive.arnForObjects(`${prefix}*`),
        'An erased visitor may be in any object of the archive: it is written again without them, or goes.',
      );
    }
    this.fn.allow(['s3:ListBucket'], captures.bucketArn);
    this.fn.allowWithin(['s3:GetObject'], captures.arnForObjects('captures/*/latest.json'), pictures);
    this.fn.allowWithin(['s3:DeleteObject'], captures.arnForObjects('captures/*'), pictures);
    runEvery(this.fn, Duration.hours(1));
  }
}
