import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { countersPerUpdateMax, type ItemKey, itemBytesMax, keyText, parseKeyText } from '../contract/counter.ts';
import type { Lane } from '../contract/position.ts';
import { log } from '../log.ts';
import { batchGet } from './batch-get.dynamo.ts';
import type { DynamoTable } from './client.dynamo.ts';
import type { AddResult, CounterStore, ItemIncrements } from './counter-store.ts';
import { type Attributes, guardsOf, keyOf, totalsOf } from './item.dynamo.ts';
import { queryAll } from './query-all.dynamo.ts';
import { checkRun, partsAfter, piecesOf, sumOf } from './run.ts';
import { UnwritableError } from './unwritable-error.ts';
import { type GuardCondition, updateOf } from './update.dynamo.ts';

/** How often another attempt may move the guard under us. Two attempts at one batch are rare, a third has not been seen. */
const conditionsTriedMax = 8;

/** DynamoDB bills a write by the whole item, per started KB. */
const writeUnitBytes = 1024;

/** Counters in DynamoDB. */
export function dynamoCounterStore(counters: DynamoTable): CounterStore {
  const { client, table } = counters;
  const oversize = new Set<string>();

  async function addPiece(lane: Lane, run: ItemIncrements): Promise<AddResult> {
    let condition: GuardCondition = { before: run.first };
    let parts = run.parts;
    for (let attempt = 0; attempt < conditionsTriedMax; attempt++) {
      try {
        const update = updateOf(table, lane, run, sumOf(run.key, parts), condition);
        const { Attributes: changed = {}, ConsumedCapacity } = await client.send(new UpdateItemCommand(update));
        warnWhenOversize(run.key, ConsumedCapacity?.CapacityUnits ?? 0);
        const outcome = parts.length === run.parts.length ? 'counted' : 'partly';
        return { outcome, totals: totalsOf(run.key, changed) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw hopelessOr(error, run.key);
        const old: Attributes = error.Item ?? {};
        const guard = guardsOf(old)[lane];
        // No guard any more: the item expired between two of our attempts, and counts from nothing again.
        parts = guard === undefined ? run.parts : partsAfter(run.parts, guard);
        if (parts.length === 0) return { outcome: 'repeated', totals: totalsOf(run.key, old) };
        condition = guard === undefined ? { before: run.first } : { at: guard };
      }
    }
    throw new Error(
      `guard of ${run.key.pk} ${run.key.sk} in lane ${lane} moved ${conditionsTriedMax} times: not counted`,
    );
  }

  /** Once an item and process: the item is still right, but it costs more than it should. */
  function warnWhenOversize(key: ItemKey, units: number): void {
    const name = keyText(key);
    if (units * writeUnitBytes <= itemBytesMax || oversize.has(name) || oversize.size >= 1000) return;
    oversize.add(name);
    log.warn('item over its bound', { pk: key.pk, sk: key.sk, writeUnits: units, itemBytesMax });
  }

  return {
    async add(lane, run) {
      checkRun(run);
      const pieces = piecesOf(run, countersPerUpdateMax);
      let result: AddResult | undefined;
      // In order, because each moves the guard on from where the one before left it.
      for (const piece of pieces) result = joined(result, await addPiece(lane, piece));
      if (!result) throw new Error(`run on ${run.key.pk} ${run.key.sk} is empty`);
      return result;
    },

    async partition(pk, skFrom = '', skTo) {
      if (skTo !== undefined && (skTo === '' || skTo < skFrom)) return [];
      const range = [skFrom && 'sk >= :from', skTo && 'sk <= :to'].filter(Boolean);
      const between = range.length === 2 ? ['sk BETWEEN :from AND :to'] : range;
      const items = await queryAll(counters, {
        ConsistentRead: true,
        KeyConditionExpression: ['pk = :pk', ...between].join(' AND '),
        ExpressionAttributeValues: {
          ':pk': { S: pk },
          ...(skFrom && { ':from': { S: skFrom } }),
          ...(skTo && { ':to': { S: skTo } }),
        },
      });
      return items.map((item) => totalsOf(keyOf(item), item));
    },

    async lastOf(pk, skFrom, skTo, limit) {
      if (skTo < skFrom) return [];
      const query = {
        ConsistentRead: true,
        ScanIndexForward: false,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: skFrom }, ':to': { S: skTo } },
      };
      return (await queryAll(counters, query, limit)).map((item) => totalsOf(keyOf(item), item));
    },

    async guarded({ pk, sk }) {
      const { Item: item } = await client.send(
        new GetItemCommand({ TableName: table, ConsistentRead: true, Key: { pk: { S: pk }, sk: { S: sk } } }),
      );
      return item ? { ...totalsOf(keyOf(item), item), guards: guardsOf(item) } : null;
    },

    async items(keys) {
      const wanted = [...new Set(keys.map(keyText))].map(parseKeyText);
      const found = await batchGet(
        counters,
        wanted.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } })),
      );
      return found.map((item) => totalsOf(keyOf(item), item));
    },
  };
}

/**
 * DynamoDB checks a request against its own rules before and while it writes (API_UpdateItem, "Errors"): what it calls invalid is
 * invalid each time. Everything else (throttling, its own faults, a lost connection, a missing table) may pass.
 */
function hopelessOr(error: unknown, key: ItemKey): unknown {
  return error instanceof Error && error.name === 'ValidationException'
    ? new UnwritableError(key, error.message)
    : error;
}

/** The result of a run that was written in pieces. */
function joined(before: AddResult | undefined, after: AddResult): AddResult {
  if (!before) return after;
  const { key } = after.totals;
  const counters = { ...before.totals.counters, ...after.totals.counters };
  const texts = { ...before.totals.texts, ...after.totals.texts };
  return {
    outcome: before.outcome === after.outcome ? after.outcome : 'partly',
    totals: { key, counters, texts },
  };
}
