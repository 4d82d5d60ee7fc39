/**
 * `npm run rebuild`: recomputes every counter from the archive, beside those in use, and switches over while events go on. Run it
 * again when it was interrupted: it goes on. `--audit-days N` compares so many days before the switch (default 2); `--again` gives
 * up a build that was begun, which is needed after the code of the fold has changed.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { dynamoEpochStore } from '../functions/sites/epoch-store.dynamo.ts';
import { describeDifference } from './audit/compare.ts';
import { localClients } from './audit/local-ports.dynamo.ts';
import { progressLine } from './progress-line.ts';
import { rebuildPorts } from './rebuild/local-ports.dynamo.ts';
import { oneAtATime } from './rebuild/one-at-a-time.ts';
import { type RebuildReport, rebuild } from './rebuild/rebuild.ts';
import { readStackNames } from './stack-names.ts';
import { runningProduct } from './visitors/local-product.ts';

const differencesShownMax = 20;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { 'audit-days': { type: 'string', default: '2' }, again: { type: 'boolean', default: false } },
  });
  const auditDays = Number(values['audit-days']);
  if (!Number.isInteger(auditDays) || auditDays < 0 || auditDays > 100) {
    throw new Error(`--audit-days is "${values['audit-days']}": give a whole number from 0 to 100`);
  }
  const local = await runningProduct();
  const clients = localClients(local.awsEndpoint);
  const line = progressLine();
  try {
    const startedAt = Date.now();
    const names = readStackNames();
    const ports = rebuildPorts(clients, names, local.site, line.show);
    const epochs = dynamoEpochStore({ client: clients.dynamo, table: names.sitesTable });
    const report = await oneAtATime({ epochs, holder: randomUUID(), clock: Date.now, every }, () =>
      rebuild(ports, { auditDays, again: values.again }),
    );
    line.clear();
    print(report, Date.now() - startedAt);
    return report.differences.length === 0;
  } finally {
    line.clear();
    clients.close();
  }
}

function every(ms: number, action: () => Promise<void>): () => void {
  const timer = setInterval(() => void action().catch((error) => console.error('hold not renewed:', error)), ms);
  return () => clearInterval(timer);
}

function print({ epoch, from, records, events, audited, differences }: RebuildReport, ms: number): void {
  const count = (value: number) => value.toLocaleString('en-US');
  console.log(`Rebuild of epoch ${from} as epoch ${epoch}
  counted     ${count(records)} records, ${count(events)} events`);
  for (const { site, day, items, counters } of audited) {
    console.log(`  compared    ${site}, ${day}: ${count(items)} items, ${count(counters)} counters`);
  }
  const outcome =
    differences.length === 0
      ? `switched to epoch ${epoch}; what epoch ${from} counted is read by nobody any more, and expires by itself`
      : `NOT switched: ${count(differences.length)} differences`;
  console.log(`  ${outcome}   (${(ms / 1000).toFixed(1)} s)`);
  for (const difference of differences.slice(0, differencesShownMax))
    console.log(`    ${describeDifference(difference)}`);
}

main().then(
  (isRight) => {
    process.exitCode = isRight ? 0 : 1;
  },
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof Error && error.cause) console.error(error.cause);
    process.exitCode = 2;
  },
);
