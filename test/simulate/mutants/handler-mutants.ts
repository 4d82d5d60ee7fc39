/** Mutants of the handler, of its event source and of those who work with both. */

import { positionOf } from '../../../functions/contract/position.ts';
import { isTick } from '../../../functions/contract/record.ts';
import type { StreamBatch } from '../../../functions/process/batch.ts';
import { ConfigCache } from '../../../functions/process/config-cache.ts';
import type { ProcessDeps } from '../../../functions/process/process.ts';
import { dynamoSiteStore } from '../../../functions/sites/site-store.dynamo.ts';
import { decodeRecord } from '../../../functions/stream/record.ts';
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

/** Under the one reason that the operator plays again. */
async function discard(record: StreamBatch['records'][number], { shardId }: StreamBatch, { failed }: ProcessDeps) {
  const decoded = decodeRecord(record.data);
  if (!decoded.ok || isTick(decoded.record)) return;
  const { sequenceNumber, data, arrivedAt: at } = record;
  const { site } = decoded.record;
  await failed.put({ site, at, shardId, sequenceNumber, reason: 'unknown-config', message: 'discarded', data });
}

export const handlerMutants: Mutant[] = [
  {
    name: 'dedupe-by-number',
    what: 'a batch is told from a repeat by its number alone, not by load and number',
    seeds: [1, 2, 3],
    process: (run) => (batch, deps) => run(withoutLoads(batch), deps),
  },
  {
    name: 'failure-acknowledged',
    what: 'a batch that failed is reported as done',
    seeds: [1, 2, 3],
    process: (run) => async (batch, deps) => ({ ...(await run(batch, deps)), failedFrom: null }),
  },
  {
    name: 'lowest-failed-reported',
    what: 'of a batch whose states were not saved, only what follows the lowest failed write is tried again',
    seeds: [2, 10, 11],
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
    seeds: [1, 2, 3],
    ports: (deps) => ({ ...deps, failed: { put: async () => undefined } }),
  },
  {
    name: 'set-aside-forgotten',
    what: 'whether a record is set aside is found out anew by every attempt',
    seeds: [2],
    ports: (deps) => ({
      ...deps,
      setAside: {
        ...deps.setAside,
        mayFold: async () => ({ mark: null, closed: new Map() }),
        decide: async (_lane, _position, decision) => decision,
      },
    }),
  },
  {
    name: 'discard-then-redrive',
    what: 'a batch that failed is given up, written down as it is and played again later, whatever of it had been counted',
    seeds: [1, 2, 3],
    symptom: /: -?\d+ happened, -?\d+ counted$/,
    process: (run) => async (batch, deps) => {
      const processed = await run(batch, deps);
      const from = batch.records.findIndex(({ sequenceNumber }) => sequenceNumber === processed.failedFrom);
      if (from < 0) return processed;
      try {
        for (const record of batch.records.slice(from)) await discard(record, batch, deps);
        return { ...processed, failedFrom: null };
      } catch {
        return processed;
      }
    },
  },
  {
    name: 'current-configuration',
    what: "records are read by the site's newest configuration, not by the one that they name",
    seeds: [3, 10, 18],
    ports: (deps, { send }) => {
      const sites = dynamoSiteStore({ client: dynamoClientOf(send), table: tables.sites });
      return { ...deps, configs: new ConfigCache({ ...sites, version: (site) => sites.current(site) }, 0) };
    },
  },
  {
    name: 'redrive-in-place',
    what: 'a failed record is played again at the position that it had',
    seeds: [1, 2, 3],
    redrivesInPlace: true,
  },
  {
    name: 'parallelization-2',
    what: 'two invocations work on one shard side by side',
    seeds: [1, 3, 4],
    parallelization: 2,
  },
  {
    name: 'children-first',
    what: 'a child shard is read before its parents have come to their end',
    seeds: [18, 27, 31],
    childrenFirst: true,
  },
];
