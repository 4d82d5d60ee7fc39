import { environmentName as env, requireEnvironment } from '../environment.ts';
import { emitMetrics } from '../metrics.ts';
import { dynamoSiteStore } from '../sites/site-store.dynamo.ts';
import { dynamoUsageStore } from '../sites/usage-store.dynamo.ts';
import { dynamoClient } from '../store/client.dynamo.ts';
import { watchBudgets } from './watch-budgets.ts';

const table = { client: dynamoClient(), table: requireEnvironment(env.sitesTable) };
const stores = { sites: dynamoSiteStore(table), usage: dynamoUsageStore(table) };

/** Run every few minutes. */
export async function handler(): Promise<void> {
  const now = Date.now();
  const { watched, spent } = await watchBudgets({ ...stores, now });
  emitMetrics('budget', { sitesOverBudget: spent }, now, { sitesWithBudget: watched });
}
