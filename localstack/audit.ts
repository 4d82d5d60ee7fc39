/**
 * `npm run audit`: recounts a site's day from the archive and compares every counter with DynamoDB. `--site` and `--day`
 * (YYYY-MM-DD, the site's local date) default to the local site and today, `--epoch` to the one in use; `--stack` and
 * AWS_ENDPOINT_URL say of which installation (`operated.ts`). Ends with 1 when there are differences.
 */
import { parseArgs } from 'node:util';
import { localDay } from '../functions/contract/time-unit.ts';
import { auditDay } from './audit/audit-day.ts';
import { auditText } from './audit/audit-text.ts';
import { auditPorts, epochInUse } from './audit/local-ports.dynamo.ts';
import { operatedOptions, withOperated } from './operated.ts';
import { progressLine } from './progress-line.ts';

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { ...operatedOptions, day: { type: 'string' }, epoch: { type: 'string' } },
  });
  const line = progressLine();
  return withOperated(values, async ({ clients, names, site: siteOf }) => {
    const site = await siteOf();
    const epoch = values.epoch ?? (await epochInUse(clients, names));
    const ports = auditPorts(clients, names, line.show, epoch);
    const config = await ports.sites.current(site);
    const day = values.day ?? localDay(Date.now(), config?.zone ?? 'UTC');
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new Error(`--day is "${day}": give a date such as 2026-11-23`);
    const startedAt = Date.now();
    const report = await auditDay(epoch, site, day, ports);
    line.clear();
    console.log(auditText(site, day, report, Date.now() - startedAt));
    return report.differences.length === 0;
  }).finally(line.clear);
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
