import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Construct } from 'constructs';
import { environmentName as env } from '../functions/environment.ts';
import { type FunctionDefaults, PulseFunction } from './pulse-function.ts';
import type { Tables } from './tables.ts';

export interface IngestProps {
  defaults: FunctionDefaults;
  stream: Stream;
  tables: Tables;
  edgeSecret: string;
  keyRequestsPerSecondMax: number;
  /** 0: no cap. */
  concurrencyMax: number;
}

/** `POST /v1/events`: decodes, enriches and puts one record on the stream. */
export class Ingest extends Construct {
  readonly fn: PulseFunction;

  constructor(scope: Construct, id: string, props: IngestProps) {
    super(scope, id);
    const { defaults, stream, tables, edgeSecret, keyRequestsPerSecondMax, concurrencyMax } = props;
    this.fn = new PulseFunction(this, 'Ingest', {
      ...defaults,
      name: 'ingest',
      description: 'Takes batches from the snippet and puts each on the stream',
      memoryMegabytes: 512,
      timeoutSeconds: 10,
      reservedConcurrency: concurrencyMax,
      environment: {
        [env.streamName]: stream.streamName,
        [env.sitesTable]: tables.sites.tableName,
        [env.connectionsTable]: tables.connections.tableName,
        [env.edgeSecret]: edgeSecret,
        [env.keyRequestsPerSecondMax]: String(keyRequestsPerSecondMax),
      },
    });
    const sites = tables.sites.tableArn;
    this.fn.allowItems(['dynamodb:GetItem'], sites, ['write-key|*', 'site|*']);
    // A day's salt and the sealing key are made by whoever needs them first; the next day's maker deletes an expired salt.
    this.fn.allowItems(['dynamodb:UpdateItem', 'dynamodb:DeleteItem'], sites, ['salt|*']);
    this.fn.allowItems(['dynamodb:UpdateItem'], sites, ['secret|identity']);
    // How many batches were refused, and why; and what a site has used.
    this.fn.allowItems(['dynamodb:UpdateItem'], sites, ['refused|*', 'used|*']);
    this.fn.allowItems(['dynamodb:GetItem'], tables.connections.tableArn, ['watch|*']);
    // How much of its budget a busy key has used.
    this.fn.allowItems(['dynamodb:UpdateItem'], tables.connections.tableArn, ['rate|*']);
    this.fn.allow(['kinesis:PutRecord'], stream.streamArn);
  }
}
