import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Construct } from 'constructs';
import { environmentName as env } from '../functions/environment.ts';
import type { Archive } from './archive.ts';
import type { Capture } from './capture.ts';
import type { Identity } from './identity.ts';
import { type FunctionDefaults, PulseFunction } from './pulse-function.ts';
import type { Push } from './push.ts';
import type { Tables } from './tables.ts';

export interface QueryProps {
  defaults: FunctionDefaults;
  stream: Stream;
  epoch: number;
  tables: Tables;
  archive: Archive;
  capture: Capture;
  push: Push;
  identity: Identity;
}

/** What reads the counters: the query function behind the HTTP API and the socket function behind the WebSocket API. */
export class Query extends Construct {
  readonly query: PulseFunction;
  readonly socket: PulseFunction;

  constructor(scope: Construct, id: string, props: QueryProps) {
    super(scope, id);
    this.query = this.queryFunction(props);
    this.socket = this.socketFunction(props);
    props.push.serve(this.socket);
  }

  private queryFunction({
    defaults,
    stream,
    epoch,
    tables,
    archive,
    capture,
    push,
    identity,
  }: QueryProps): PulseFunction {
    const fn = new PulseFunction(this, 'Query', {
      ...defaults,
      name: 'query',
      description: 'Answers the API from the counters',
      memoryMegabytes: 1024,
      timeoutSeconds: 29,
      environment: {
        [env.epoch]: String(epoch),
        [env.streamName]: stream.streamName,
        [env.countersTable]: tables.counters.tableName,
        [env.admissionsTable]: tables.admissions.tableName,
        [env.sitesTable]: tables.sites.tableName,
        [env.connectionsTable]: tables.connections.tableName,
        [env.archiveBucket]: archive.bucket.bucketName,
        [env.capturesBucket]: capture.bucket.bucketName,
        [env.captureFunction]: capture.fn.lambda.functionName,
        [env.socketEndpoint]: push.endpoint,
        [env.socketUrl]: push.url,
        ...identity.environment,
      },
    });
    fn.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], tables.counters.tableArn);
    fn.allow(['dynamodb:Query'], tables.admissions.tableArn);
    fn.allowItems(['dynamodb:GetItem'], tables.sites.tableArn, ['epoch|current', 'refused|*', 'site|*', 'write-key|*']);
    fn.allowItems(['dynamodb:Query', 'dynamodb:UpdateItem'], tables.sites.tableArn, ['markers|*']);
    // What the site's owners are told, and how.
    fn.allowItems(['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'], tables.sites.tableArn, [
      'alerts|*',
    ]);
    fn.allowItems(['dynamodb:Query', 'dynamodb:PutItem'], tables.sites.tableArn, ['visitor-erasures|*']);
    this.allowAccounts(fn, tables, push);
    // What the site has used: its own requests are noted, and the month's cost is made of it.
    fn.allowItems(['dynamodb:Query', 'dynamodb:UpdateItem'], tables.sites.tableArn, ['used|*']);
    fn.allow(['kinesis:ListShards', 'kinesis:PutRecords'], stream.streamArn);
    fn.allowWithin(
      ['s3:GetObject'],
      capture.bucket.arnForObjects('captures/*'),
      'A capture is named by site, page, device and time.',
    );
    // How many records could not be counted, and a few of them.
    fn.allow(['s3:ListBucket'], archive.bucket.bucketArn);
    fn.allowWithin(
      ['s3:GetObject'],
      archive.bucket.arnForObjects('failed/*'),
      'A record that could not be counted is named by site, date, shard and position.',
    );
    // What happened in a session.
    fn.allowWithin(
      ['s3:GetObject'],
      archive.bucket.arnForObjects('events/*'),
      'An object of the archive is named by site, hour, shard and positions.',
    );
    // Without the right to list, a missing object is answered "access denied" instead of "not found".
    fn.allow(['s3:ListBucket'], capture.bucket.bucketArn);
    fn.allow(['lambda:InvokeFunction'], capture.fn.lambda.functionArn);
    return fn;
  }

  /** Sites, people, keys and share links; and what ends when they do. */
  private allowAccounts(fn: PulseFunction, { sites, connections }: Tables, push: Push): void {
    const secrets = ['api-key|*', 'invitation|*', 'share|*'];
    fn.allowItems(['dynamodb:GetItem', 'dynamodb:UpdateItem'], sites.tableArn, ['access|*', ...secrets, 'user|*']);
    fn.allowItems(['dynamodb:DeleteItem'], sites.tableArn, [...secrets, 'site|*', 'user|*', 'write-key|*']);
    fn.allowItems(['dynamodb:UpdateItem'], sites.tableArn, ['share-tries|*']);
    const made = ['audit|*', 'erasures', 'site|*', 'sites', 'user|*', 'write-key|*'];
    fn.allowItems(['dynamodb:PutItem'], sites.tableArn, made);
    fn.allowItems(['dynamodb:Query'], sites.tableArn, ['audit|*', 'site|*', 'user|*']);
    // Tickets, and the short tokens of overlays and opened share links.
    fn.allowItems(['dynamodb:PutItem'], connections.tableArn, ['overlay|*', 'share|*', 'ticket|*']);
    fn.allowItems(['dynamodb:DeleteItem'], connections.tableArn, ['connection|*', 'site|*', 'ticket|*']);
    fn.allowItems(['dynamodb:GetItem'], connections.tableArn, ['connection|*', 'overlay|*', 'share|*', 'watch|*']);
    fn.allowItems(['dynamodb:Query'], connections.tableArn, ['site|*']);
    fn.allowItems(['dynamodb:UpdateItem'], connections.tableArn, ['watch|*']);
    push.allowClosing(fn);
  }

  private socketFunction({ defaults, stream, epoch, tables, push }: QueryProps): PulseFunction {
    const fn = new PulseFunction(this, 'Socket', {
      ...defaults,
      name: 'socket',
      description: 'Lets dashboards in by ticket and sends them snapshots',
      memoryMegabytes: 512,
      timeoutSeconds: 29,
      environment: {
        [env.epoch]: String(epoch),
        [env.streamName]: stream.streamName,
        [env.countersTable]: tables.counters.tableName,
        [env.sitesTable]: tables.sites.tableName,
        [env.connectionsTable]: tables.connections.tableName,
        [env.socketEndpoint]: push.endpoint,
      },
    });
    fn.allow(['dynamodb:GetItem', 'dynamodb:Query'], tables.counters.tableArn);
    fn.allowItems(['dynamodb:GetItem'], tables.sites.tableArn, ['access|*', 'epoch|current', 'site|*', 'user|*']);
    fn.allow(
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      tables.connections.tableArn,
    );
    fn.allow(['kinesis:ListShards', 'kinesis:PutRecords'], stream.streamArn);
    push.allowPosting(fn);
    return fn;
  }
}
