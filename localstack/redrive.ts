/**
 * `npm run redrive`: puts records that were set aside under `failed/` on the stream again, once their cause is mended. `--site`
 * and `--reason` choose among them, `--at-most` says how many (100,000): the oldest first, run it again for the rest. `--stack` and
 * AWS_ENDPOINT_URL say of which installation (`operated.ts`).
 */
import { parseArgs } from 'node:util';
import { s3ArchiveStore } from '../functions/archive/archive-store.s3.ts';
import { unwritableReason } from '../functions/contract/failed.ts';
import { dynamoCounterStore } from '../functions/store/counter-store.dynamo.ts';
import { operatedOptions, withOperated } from './operated.ts';
import { progressLine } from './progress-line.ts';
import { putRecord } from './redrive/put-record.kinesis.ts';
import { type Redriven, redrive } from './redrive/redrive.ts';

const options = {
  ...operatedOptions,
  reason: { type: 'string' },
  'at-most': { type: 'string', default: '100000' },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const recordsMax = Number(values['at-most']);
  if (!Number.isInteger(recordsMax) || recordsMax < 1) {
    throw new Error(`--at-most is "${values['at-most']}": give a whole number of records from 1`);
  }
  const { site, reason } = values;
  const line = progressLine();
  await withOperated(values, async ({ clients, names }) => {
    const done = await redrive(
      { recordsMax, ...(site !== undefined && { site }), ...(reason !== undefined && { reason }) },
      {
        archive: s3ArchiveStore(clients.s3, names.archiveBucket),
        counters: dynamoCounterStore({ client: clients.dynamo, table: names.countersTable }),
        put: putRecord(clients.kinesis, names.streamName),
        clock: Date.now,
        progress: line.show,
      },
    );
    line.clear();
    print(done);
  }).finally(line.clear);
}

function print({ byReason, left }: Redriven): void {
  if (byReason.size === 0) console.log('Nothing waits under failed/.');
  for (const [of, records] of byReason) {
    const what = of === unwritableReason ? 'added to their items' : 'put on the stream again';
    console.log(`${of.padEnd(22)} ${records} ${what}`);
  }
  if (left > 0) console.log(`${left} wait still: run it again`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
