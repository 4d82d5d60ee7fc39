/** Mutants of the handler, of its event source and of those who work with both. */

import { positionOf } from '../../../functions/contract/position.ts';
import type { StreamBatch } from '../../../functions/process/batch.ts';
import { ConfigCache } from '../../../functions/process/config-cache.ts';
import { dynamoSiteStore } from '../../../functions/sites/site-store.dynamo.ts';
import { dynamoClientOf } from '../aws/clients.ts';
import type { Mutant } from '../mutant.ts';
import { tables } from '../processor.ts';

/** Every load of a visitor under one name: what is then told apart by is the number alone. */
function withoutLoads(batch: StreamBatch): StreamBatch {
  const records = batch.records.map((record) => {
    const text = Buffer.from(record.data).toString('utf8');
    const visitor = /"w":"([0-9a-f]{16})"/.exec(text)?.[1];
    const data = visitor ? Buffer.from(text.replace(/"l":"[0-9a-f]{16}"/, `"l":"${visitor}"`)) : record.data;
    return { ...record, data };
  });
  return { ...batch, records };
}

export const handlerMutants: Mutant[] = [
  {
    name: 'dedupe-by-number',
    what: 'a batch is told from a repeat by its number alone, not by load and number',
    process: (run) => (batch, deps) => run(withoutLoads(batch), deps),
  },
  {
    name: 'failure-acknowledged',
    what: 'a batch that failed is reported as done',
    process: (run) => async (batch, deps) => ({ ...(await run(batch, deps)), failedFrom: null }),
  },
  {
    name: 'lowest-failed-reported',
    what: 'of a batch whose states were not saved, only what follows the lowest failed write is tried again',
    process: (run) => async (batch, deps) => {
      let lowest: string | undefined;
      const add: typeof deps.counters.add = async (lane, item) => {
        try {
          return await deps.counters.add(lane, item);
        } catch (error) {
          const [first] = item.parts;
          if (first && (lowest === undefined || first.position < lowest)) lowest = first.position;
          throw error;
        }
      };
      const processed = await run(batch, { ...deps, counters: { add } });
      const at = batch.records.find(({ sequenceNumber }) => positionOf(sequenceNumber) === lowest);
      return processed.failedFrom === null || !at ? processed : { ...processed, failedFrom: at.sequenceNumber };
    },
  },
  {
    name: 'failed-not-kept',
    what: 'what cannot be counted is passed over without being kept',
    ports: (deps) => ({ ...deps, failed: { put: async () => undefined } }),
  },
  {
    name: 'current-configuration',
    what: "records are read by the site's newest configuration, not by the one that they name",
    ports: (deps, { send }) => {
      const sites = dynamoSiteStore({ client: dynamoClientOf(send), table: tables.sites });
      return { ...deps, configs: new ConfigCache({ version: (site) => sites.current(site) }, 0) };
    },
  },
  {
    name: 'redrive-in-place',
    what: 'a failed record is played again at the position that it had',
    redrivesInPlace: true,
  },
  {
    name: 'parallelization-2',
    what: 'two invocations work on one shard side by side',
    parallelization: 2,
  },
  {
    name: 'children-first',
    what: 'a child shard is read before its parents have come to their end',
    childrenFirst: true,
  },
];
