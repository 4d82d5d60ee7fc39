import { setTimeout as sleep } from 'node:timers/promises';
import { s3ArchiveStore } from '../../functions/archive/archive-store.s3.ts';
import { failedKey, failedText, redrivenKey } from '../../functions/contract/failed.ts';
import { AdmissionCache } from '../../functions/process/admission-cache.ts';
import { ConfigCache } from '../../functions/process/config-cache.ts';
import { dynamoEpochStore } from '../../functions/sites/epoch-store.dynamo.ts';
import { fillGoals } from '../../functions/sites/fill-goals.ts';
import { dynamoSiteStore } from '../../functions/sites/site-store.dynamo.ts';
import { dynamoAdmissionStore } from '../../functions/store/admission-store.dynamo.ts';
import type { DynamoTable } from '../../functions/store/client.dynamo.ts';
import { dynamoCounterStore } from '../../functions/store/counter-store.dynamo.ts';
import { dynamoSetAsideStore } from '../../functions/store/set-aside-store.dynamo.ts';
import { dynamoVisitorStore } from '../../functions/store/visitor-store.dynamo.ts';
import { kinesisStreamWriter } from '../../functions/stream/stream-writer.kinesis.ts';
import { auditDay } from '../audit/audit-day.ts';
import { auditPorts, type LocalClients } from '../audit/local-ports.dynamo.ts';
import { recordsBehind, streamShards } from '../audit/stream-records.kinesis.ts';
import type { StackNames } from '../stack-names.ts';
import { copyOlder } from './copy-older.dynamo.ts';
import { markStream } from './mark-stream.kinesis.ts';
import type { RebuildPorts } from './rebuild-ports.ts';

/** `site`: any one: marks of the stream are in its name, and count nothing for it. */
export function rebuildPorts(
  clients: LocalClients,
  names: StackNames,
  site: string,
  progress: (what: string) => void,
): RebuildPorts {
  const tableOf = (table: string): DynamoTable => ({ client: clients.dynamo, table });
  const archive = s3ArchiveStore(clients.s3, names.archiveBucket);
  const sites = dynamoSiteStore(tableOf(names.sitesTable));
  const stream = kinesisStreamWriter({ client: clients.kinesis, streamName: names.streamName });
  return {
    archive,
    shards: async () => (await streamShards(clients.kinesis, names.streamName)).map(({ ShardId }) => ShardId),
    records: (shardId, after) =>
      recordsBehind(clients.kinesis, names.streamName, { generation: names.streamGeneration, shardId, after }),
    mark: () => markStream(clients.kinesis, names.streamName, { v: 1, tick: site, receivedAt: Date.now() }),
    putBack: stream.put,
    generation: names.streamGeneration,
    epochs: dynamoEpochStore(tableOf(names.sitesTable)),
    configured: names.epoch,
    stores: (epoch) => ({
      counters: dynamoCounterStore(tableOf(names.countersTable)),
      visitors: dynamoVisitorStore(tableOf(names.visitorsTable), epoch),
      setAside: dynamoSetAsideStore(tableOf(names.visitorsTable)),
      admissions: new AdmissionCache(dynamoAdmissionStore(tableOf(names.admissionsTable))),
      configs: new ConfigCache(sites),
      failed: {
        async put(record) {
          const key = failedKey(record);
          // The processor has set it aside, and somebody may have played it again since.
          if ((await archive.get(key)) || (await archive.get(redrivenKey(key)))) return;
          await archive.put(key, Buffer.from(failedText(record)), 'application/json');
        },
      },
    }),
    fillGoals: async (epoch) => fillGoals(sites, await sites.all(), epoch),
    copyOlder: (older) => copyOlder(tableOf(names.countersTable), tableOf(names.admissionsTable), older, progress),
    zoneOf: async (of) => (await sites.current(of))?.zone ?? 'UTC',
    audit: (epoch, of, day) => auditDay(epoch, of, day, auditPorts(clients, names, progress, epoch)),
    sleep: async (ms) => {
      await sleep(ms);
    },
    clock: Date.now,
    progress,
  };
}
