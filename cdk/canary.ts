import { Duration } from 'aws-cdk-lib';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { environmentName as env } from '../functions/environment.ts';
import { givenOr } from './given-or.ts';
import { type FunctionDefaults, PulseFunction } from './pulse-function.ts';
import { runEvery } from './run-every.ts';
import type { Tables } from './tables.ts';

export interface CanaryProps {
  defaults: FunctionDefaults;
  epoch: number;
  tables: Tables;
  /** Where the API is; empty: `fallback`. */
  apiUrl: string;
  fallback: string;
  /** `ENABLED` or `DISABLED`. */
  state: string;
}

/** Once a minute, one page view of a hidden site, from the door to its counter: it tells silence of the pipeline from silence of the visitors. */
export class Canary extends Construct {
  readonly fn: PulseFunction;

  constructor(scope: Construct, id: string, { defaults, epoch, tables, apiUrl, fallback, state }: CanaryProps) {
    super(scope, id);
    this.fn = new PulseFunction(this, 'Canary', {
      ...defaults,
      name: 'canary',
      description: 'Sends one page view a minute to a hidden site, and waits until it is counted',
      memoryMegabytes: 256,
      timeoutSeconds: 59,
      environment: {
        [env.epoch]: String(epoch),
        [env.apiUrl]: givenOr(this, 'ApiIsDefault', apiUrl, fallback),
        [env.sitesTable]: tables.sites.tableName,
        [env.countersTable]: tables.counters.tableName,
      },
    });
    this.fn.allow(['dynamodb:BatchGetItem'], tables.counters.tableArn);
    const sites = tables.sites.tableArn;
    const own = ['site|sitepulse-canary', 'write-key|sitepulse-canary'];
    this.fn.allowItems(['dynamodb:GetItem'], sites, ['epoch|current', ...own]);
    this.fn.allowItems(['dynamodb:Query'], sites, own);
    // A site that is saved is put on the list of all.
    this.fn.allowItems(['dynamodb:PutItem'], sites, [...own, 'sites']);
    const rule = runEvery(this.fn, Duration.minutes(1)).node.defaultChild as CfnRule;
    rule.state = state;
  }
}
