/**
 * `npm run rebuild`: recomputes every counter from the archive, beside those in use, and switches over while events go on. Run it
 * again when it was interrupted: it goes on. `--audit-days N` compares so many days before the switch (default 2); `--again` gives
 * up a build that was begun, which is needed after the code of the fold has changed. `--stack` and AWS_ENDPOINT_URL say of which
 * installation (`operated.ts`).
 */
import { parseArgs } from 'node:util';
import { operatedOptions, withOperated } from './operated.ts';
import { progressLine } from './progress-line.ts';
import { rebuildOperated } from './rebuild/rebuild-operated.ts';
import { rebuildText } from './rebuild/rebuild-text.ts';

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      stack: operatedOptions.stack,
      'audit-days': { type: 'string', default: '2' },
      again: { type: 'boolean', default: false },
    },
  });
  const auditDays = Number(values['audit-days']);
  if (!Number.isInteger(auditDays) || auditDays < 0 || auditDays > 100) {
    throw new Error(`--audit-days is "${values['audit-days']}": give a whole number from 0 to 100`);
  }
  const line = progressLine();
  return withOperated(values, async (operated) => {
    const startedAt = Date.now();
    const report = await rebuildOperated(operated, { auditDays, again: values.again }, line.show);
    line.clear();
    console.log(rebuildText(report, Date.now() - startedAt));
    return report.differences.length === 0;
  }).finally(line.clear);
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
