/**
 * `npm run redrive`: puts records that were set aside under `failed/` on the stream again, once their cause is mended. `--site`
 * and `--reason` choose among them.
 */
import { parseArgs } from 'node:util';
import { s3ArchiveStore } from '../functions/archive/archive-store.s3.ts';
import { unwritableReason } from '../functions/contract/failed.ts';
import { dynamoCounterStore } from '../functions/store/counter-store.dynamo.ts';
import { localClients } from './audit/local-ports.dynamo.ts';
import { progressLine } from './progress-line.ts';
import { putRecord } from './redrive/put-record.kinesis.ts';
import { redrive } from './redrive/redrive.ts';
import { readStackNames } from './stack-names.ts';
import { runningProduct } from './visitors/local-product.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { site: { type: 'string' }, reason: { type: 'string' } } });
  const local = await runningProduct();
  const names = readStackNames();
  const clients = localClients(local.awsEndpoint);
  const line = progressLine();
  try {
    const done = await redrive(values, {
      archive: s3ArchiveStore(clients.s3, names.archiveBucket),
      counters: dynamoCounterStore({ client: clients.dynamo, table: names.countersTable }),
      put: putRecord(clients.kinesis, names.streamName),
      clock: Date.now,
      progress: line.show,
    });
    line.clear();
    if (done.size === 0) console.log('Nothing waits under failed/.');
    for (const [reason, records] of done) {
      const what = reason === unwritableReason ? 'added to their items' : 'put on the stream again';
      console.log(`${reason.padEnd(22)} ${records} ${what}`);
    }
  } finally {
    line.clear();
    clients.close();
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
