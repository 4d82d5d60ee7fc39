import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { environmentName as env } from '../functions/environment.ts';
import { type FunctionDefaults, PulseFunction } from './pulse-function.ts';
import { runEvery } from './run-every.ts';
import type { Tables } from './tables.ts';

export interface BudgetProps {
  defaults: FunctionDefaults;
  tables: Tables;
}

/** Looks every ten minutes which sites have spent their budget of the month, and lowers what they keep of pointer movement. */
export class Budget extends Construct {
  readonly fn: PulseFunction;

  constructor(scope: Construct, id: string, { defaults, tables }: BudgetProps) {
    super(scope, id);
    this.fn = new PulseFunction(this, 'Budget', {
      ...defaults,
      name: 'budget',
      description: 'Holds sites to their budgets',
      memoryMegabytes: 256,
      timeoutSeconds: 300,
      environment: { [env.sitesTable]: tables.sites.tableName },
    });
    this.fn.allowItems(['dynamodb:GetItem', 'dynamodb:PutItem'], tables.sites.tableArn, ['site|*']);
    this.fn.allowItems(['dynamodb:Query'], tables.sites.tableArn, ['site|*', 'sites', 'used|*']);
    runEvery(this.fn, Duration.minutes(10));
  }
}
