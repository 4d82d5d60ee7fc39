/**
 * `npm run erase -- --site S --day YYYY-MM-DD --visitor V` (or `--load L`, or `--session ID` alone): erases what a visitor did on a day, at once where nothing
 * of theirs can be under way any more. Without who, it tells what has been asked for and what has become of it. On a deployed stack with
 * `--stack`, as the other commands of operators. Ends with 1 while anything that was asked for here waits.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { s3ArchiveStore } from '../functions/archive/archive-store.s3.ts';
import type { ErasureAnswer } from '../functions/contract/erasure.ts';
import { eraseAlone, type SweepPorts } from '../functions/forget/sweep.ts';
import { dynamoSaltStore } from '../functions/identity/salt-store.dynamo.ts';
import { parseErasure } from '../functions/query/erasures.ts';
import { dynamoEpochStore } from '../functions/sites/epoch-store.dynamo.ts';
import { dynamoSiteStore } from '../functions/sites/site-store.dynamo.ts';
import { dynamoVisitorErasureStore } from '../functions/sites/visitor-erasure-store.dynamo.ts';
import { erasuresMax, newErasure } from '../functions/sites/visitor-erasure-store.ts';
import { dynamoAdmissionStore } from '../functions/store/admission-store.dynamo.ts';
import { dynamoPartitions } from '../functions/store/partitions.dynamo.ts';
import { dynamoVisitorStore } from '../functions/store/visitor-store.dynamo.ts';
import type { Clients } from './audit/local-ports.dynamo.ts';
import { operatedOptions, withOperated } from './operated.ts';
import type { StackNames } from './stack-names.ts';

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      ...operatedOptions,
      day: { type: 'string' },
      visitor: { type: 'string' },
      load: { type: 'string' },
      session: { type: 'string' },
    },
  });
  const { stack, site: wanted, ...who } = values;
  return withOperated({ stack, site: wanted }, async ({ clients, names, site: siteOf }) => {
    const ports = portsOf(clients, names);
    const site = await siteOf();
    const config = await ports.sites.current(site);
    if (!config) throw new Error(`there is no site "${site}"`);
    if (Object.keys(who).length === 0) {
      for (const row of await ports.erasures.list(site, erasuresMax)) print(row);
      return true;
    }
    const wish = parseErasure(JSON.stringify(who), config.zone, Date.now());
    const after = await eraseAlone(newErasure(site, wish, Date.now()), ports);
    print(after);
    return after.state === 'done';
  });
}

function portsOf(clients: Clients, names: StackNames): SweepPorts {
  const tableOf = (table: string) => ({ client: clients.dynamo, table });
  const sites = tableOf(names.sitesTable);
  return {
    archive: s3ArchiveStore(clients.s3, names.archiveBucket),
    sites: dynamoSiteStore(sites),
    salts: dynamoSaltStore(sites, randomBytes),
    erasures: dynamoVisitorErasureStore(sites),
    epochs: dynamoEpochStore(sites),
    configuredEpoch: names.epoch,
    admissions: dynamoAdmissionStore(tableOf(names.admissionsTable)),
    counterItems: dynamoPartitions(tableOf(names.countersTable)),
    visitorsOf: (epoch) => dynamoVisitorStore(tableOf(names.visitorsTable), epoch),
    archiveRetentionDays: Number.POSITIVE_INFINITY,
    clock: Date.now,
    holder: randomUUID(),
    every(ms, action) {
      const timer = setInterval(() => void action().catch((error) => console.error('hold not renewed:', error)), ms);
      return () => clearInterval(timer);
    },
  };
}

function print({ id, day, state, at, why, records, failedRecords }: ErasureAnswer): void {
  const when = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const what =
    state === 'done'
      ? `done at ${when} UTC: ${records} records of the archive, ${failedRecords} that could not be counted`
      : `waits until ${when} UTC at least: ${why}`;
  console.log(`Erasure ${id} of ${day}  ${what}`);
}

main().then(
  (isDone) => {
    process.exitCode = isDone ? 0 : 1;
  },
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
