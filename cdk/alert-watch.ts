import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { environmentName as env } from '../functions/environment.ts';
import { type FunctionDefaults, PulseFunction } from './pulse-function.ts';
import { runEvery } from './run-every.ts';
import type { Tables } from './tables.ts';

export interface AlertWatchProps {
  defaults: FunctionDefaults;
  epoch: number;
  tables: Tables;
  /** Whom alerts are mailed from; empty: nothing is mailed. */
  sender: string;
  /** Networks beyond public ones that webhooks may lead to. */
  networks: string;
}

/** Looks at each site every five minutes, and tells its owners what is unusual. */
export class AlertWatch extends Construct {
  readonly fn: PulseFunction;

  constructor(scope: Construct, id: string, { defaults, epoch, tables, sender, networks }: AlertWatchProps) {
    super(scope, id);
    this.fn = new PulseFunction(this, 'Alerts', {
      ...defaults,
      name: 'alerts',
      description: 'Tells the owners of sites what is unusual',
      memoryMegabytes: 256,
      timeoutSeconds: 240,
      environment: {
        [env.epoch]: String(epoch),
        [env.countersTable]: tables.counters.tableName,
        [env.admissionsTable]: tables.admissions.tableName,
        [env.sitesTable]: tables.sites.tableName,
        [env.captureNetworks]: networks,
        [env.alertSender]: sender,
      },
    });
    this.fn.allow(['dynamodb:BatchGetItem', 'dynamodb:Query'], tables.counters.tableArn);
    this.fn.allow(['dynamodb:Query'], tables.admissions.tableArn);
    const sites = tables.sites.tableArn;
    this.fn.allowItems(['dynamodb:GetItem'], sites, ['alerts|*', 'epoch|current', 'site|*']);
    this.fn.allowItems(['dynamodb:UpdateItem'], sites, ['alerts|*']);
    this.fn.allowItems(['dynamodb:Query'], sites, ['sites']);
    this.allowMail(sender);
    runEvery(this.fn, Duration.minutes(5));
  }

  /** As this sender alone. Which identity SES finds it by, the address or its domain, is up to the account. */
  private allowMail(sender: string): void {
    const identities = Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName: '*' });
    this.fn.allowWithin(
      ['ses:SendEmail'],
      identities,
      'The sender’s identity is its address or its domain, as the account has verified it; the condition names the sender.',
      { StringEquals: { 'ses:FromAddress': sender } },
    );
  }
}
