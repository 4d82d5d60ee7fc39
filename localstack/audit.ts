/**
 * `npm run audit`: recounts a site's day from the archive and compares every counter with DynamoDB. `--site` and `--day`
 * (YYYY-MM-DD, the site's local date) default to the local site and today. Ends with 1 when there are differences.
 */
import { parseArgs } from 'node:util';
import { localDay } from '../functions/contract/time-unit.ts';
import { type AuditReport, auditDay } from './audit/audit-day.ts';
import { describeDifference } from './audit/compare.ts';
import { auditPorts, localClients } from './audit/local-ports.dynamo.ts';
import { progressLine } from './progress-line.ts';
import { readStackNames } from './stack-names.ts';
import { runningProduct } from './visitors/local-product.ts';

const differencesShownMax = 20;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { site: { type: 'string' }, day: { type: 'string' }, epoch: { type: 'string' } },
  });
  const local = await runningProduct();
  const names = readStackNames();
  const clients = localClients(local.awsEndpoint);
  const line = progressLine();
  const ports = auditPorts(clients, names, line.show);
  try {
    const site = values.site ?? local.site;
    const config = await ports.sites.current(site);
    const day = values.day ?? localDay(Date.now(), config?.zone ?? 'UTC');
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new Error(`--day is "${day}": give a date such as 2026-11-23`);
    const startedAt = Date.now();
    const report = await auditDay(values.epoch ?? names.epoch, site, day, ports);
    line.clear();
    print(site, day, report, Date.now() - startedAt);
    return report.differences.length === 0;
  } finally {
    line.clear();
    clients.close();
  }
}

function print(site: string, day: string, report: AuditReport, ms: number): void {
  const { refolded, differences } = report;
  const count = (value: number) => value.toLocaleString('en-US');
  console.log(`Audit of ${site}, ${day}
  read        ${count(report.objects)} objects of the archive, ${count(report.unarchived)} records that are on the stream alone yet
  folded      ${count(refolded.records)} records, ${count(refolded.events)} events, ${count(refolded.repeats)} repeats left out
  under way   ${count(report.underWay)} records
  compared    ${count(report.items)} items, ${count(report.counters)} counters
  differences ${count(differences.length)}   (${(ms / 1000).toFixed(1)} s)`);
  for (const difference of differences.slice(0, differencesShownMax))
    console.log(`    ${describeDifference(difference)}`);
  if (differences.length > differencesShownMax)
    console.log(`    … and ${differences.length - differencesShownMax} more`);
  for (const { sequenceNumber, reason, message } of refolded.failed.slice(0, differencesShownMax)) {
    console.log(`    record ${sequenceNumber} can't be folded again: ${reason}, ${message}`);
  }
}

main().then(
  (isRight) => {
    process.exitCode = isRight ? 0 : 1;
  },
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
