/**
 * `npm run restore`: counts the archive into tables that were lost, and audits the last days. It refuses where counters are: what is
 * wrong there is recomputed beside them by `npm run rebuild`. `-- --rehearse` does it for practice, in the running product only (its
 * tables are emptied first). `--audit-days N` (2); `--stack` and AWS_ENDPOINT_URL say of which installation (`operated.ts`).
 */
import { parseArgs } from 'node:util';
import { localDay } from '../functions/contract/time-unit.ts';
import { auditDay } from './audit/audit-day.ts';
import { auditText } from './audit/audit-text.ts';
import { auditPorts, epochInUse } from './audit/local-ports.dynamo.ts';
import { type Operated, operatedOptions, withOperated } from './operated.ts';
import { progressLine } from './progress-line.ts';
import { rebuildOperated } from './rebuild/rebuild-operated.ts';
import { rebuildText } from './rebuild/rebuild-text.ts';
import { countedTables, emptyTable, isEmpty } from './restore/counted-tables.dynamo.ts';

const line = progressLine();

function options() {
  const { values } = parseArgs({
    options: {
      stack: operatedOptions.stack,
      rehearse: { type: 'boolean', default: false },
      'audit-days': { type: 'string', default: '2' },
    },
  });
  const auditDays = Number(values['audit-days']);
  if (!Number.isInteger(auditDays) || auditDays < 1 || auditDays > 100) {
    throw new Error(`--audit-days is "${values['audit-days']}": give a whole number from 1 to 100`);
  }
  return { stack: values.stack, rehearse: values.rehearse, auditDays };
}

async function main(): Promise<boolean> {
  const { stack, rehearse, auditDays } = options();
  return withOperated({ stack }, async (operated) => {
    if (rehearse) await loseAll(operated);
    else await assertLost(operated);
    const startedAt = Date.now();
    const report = await rebuildOperated(operated, { auditDays, again: true }, line.show);
    line.clear();
    console.log(rebuildText(report, Date.now() - startedAt));
    if (report.differences.length > 0) return false;
    // Once more, of what is in use now and has been counted live since the switch.
    return auditAll(operated);
  }).finally(line.clear);
}

/** @throws Error where it is not the product that runs on this machine. */
async function loseAll({ isLocal, clients, names }: Operated): Promise<void> {
  if (!isLocal) {
    throw new Error(
      'a rehearsal empties the tables: it is for the product that runs here by npm start, and nothing else',
    );
  }
  for (const table of countedTables(names)) {
    const items = await emptyTable(clients, table, line.show);
    line.clear();
    console.log(`${table.padEnd(24)} ${items.toLocaleString('en-US')} items deleted`);
  }
}

async function assertLost({ clients, names }: Operated): Promise<void> {
  if (await isEmpty(clients, names.countersTable)) return;
  throw new Error(
    `${names.countersTable} is not empty: "npm run rebuild" counts everything anew beside what is there, and "npm run restore -- --rehearse" is for practice`,
  );
}

async function auditAll({ clients, names, sites }: Operated): Promise<boolean> {
  const ports = auditPorts(clients, names, line.show, await epochInUse(clients, names));
  let differences = 0;
  for (const site of await sites()) {
    const zone = (await ports.sites.current(site))?.zone ?? 'UTC';
    const startedAt = Date.now();
    const day = localDay(startedAt, zone);
    const report = await auditDay(await epochInUse(clients, names), site, day, ports);
    line.clear();
    console.log(auditText(site, day, report, Date.now() - startedAt));
    differences += report.differences.length;
  }
  return differences === 0;
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
