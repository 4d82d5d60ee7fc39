/**
 * DynamoDB in memory: the commands that our adapters send, with conditional writes, what they return, and the limits that a
 * request is refused for. Written for the simulator, which calls it at the instant at which a request takes effect; every rule
 * is of the developer guide (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/).
 */
import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { conditionOf, type Item, type Placeholders } from './expression.ts';
import { applyUpdate, updateOf } from './update.ts';

export interface StoredItem {
  item: Item;
  createdAt: number;
}

export interface ExpiredItem {
  table: string;
  /** `pk` and `sk`, as `keyText` writes them. */
  key: string;
  item: Item;
  /** When it was deleted. */
  at: number;
}

/** A request's own luck, decided by whoever sends it. */
export interface ReadLuck {
  /** An eventually consistent read that does not see what was created within `ms`; `hid` is called when that hides an item. */
  behind: { ms: number; hid: () => void } | null;
  /** How many keys of a BatchGetItem are left unprocessed. */
  unprocessed: number;
  /** Items a page of a query holds. */
  pageItems: number;
}
export const goodLuck: ReadLuck = { behind: null, unprocessed: 0, pageItems: Number.POSITIVE_INFINITY };

const expressionBytesMax = 4096;
const operatorsMax = 300;
const keysPerBatchMax = 100;

interface Conditional {
  ConditionExpression?: string | undefined;
  UpdateExpression?: string | undefined;
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Item | undefined;
  ReturnValuesOnConditionCheckFailure?: string | undefined;
}

export class DynamoDb {
  /** By table and partition key, then by sort key ('' where a table has none). */
  readonly #partitions = new Map<string, Map<string, StoredItem>>();
  /** Items that TTL deleted, as they last were, oldest first. */
  readonly expired: ExpiredItem[] = [];

  /** What to call when one of them is asked for. */
  readonly #gone = new Map<string, () => void>();

  constructor(private readonly now: () => number) {}

  execute(command: unknown, luck: ReadLuck = goodLuck): unknown {
    if (command instanceof UpdateItemCommand) return this.#update(command.input);
    if (command instanceof PutItemCommand) return this.#put(command.input);
    if (command instanceof DeleteItemCommand) return this.#delete(command.input);
    if (command instanceof GetItemCommand) return this.#get(command.input, luck);
    if (command instanceof BatchGetItemCommand) return this.#batchGet(command.input, luck);
    if (command instanceof QueryCommand) return this.#query(command.input, luck);
    throw new Error(`${(command as object).constructor.name} is not known to the DynamoDB of the simulator`);
  }

  /** Every item of a table, for whoever checks it. The items are the stored ones: not to be changed. */
  all(table: string): Item[] {
    const items: Item[] = [];
    for (const [name, partition] of this.#partitions) {
      if (!name.startsWith(`${table}\n`)) continue;
      for (const { item } of partition.values()) items.push(item);
    }
    return items;
  }

  /** One item as it is now, for whoever checks it; undefined: there is none. */
  peek(table: string, pk: string, sk: string): Item | undefined {
    return this.#partitions.get(`${table}\n${pk}`)?.get(sk)?.item;
  }

  /** Deletes what TTL would: items whose `ttl` has passed and that `strikes`. `missed`: one of them is asked for, and gone. */
  expire(table: string, strikes: (key: string) => boolean, missed: (key: string) => void): void {
    const nowSeconds = this.now() / 1000;
    for (const [name, partition] of this.#partitions) {
      if (!name.startsWith(`${table}\n`)) continue;
      for (const [sort, { item }] of partition) {
        if (item.ttl?.N === undefined || Number(item.ttl.N) > nowSeconds) continue;
        const key = `${item.pk?.S}\n${sort}`;
        if (!strikes(key)) continue;
        this.expired.push({ table, key, item, at: this.now() });
        partition.delete(sort);
        this.#gone.set(`${name}\n${sort}`, () => missed(key));
      }
    }
  }

  #find(table: string | undefined, key: Item): { partition: Map<string, StoredItem>; sort: string } {
    const name = `${table}\n${key.pk?.S}`;
    let partition = this.#partitions.get(name);
    if (!partition) {
      partition = new Map();
      this.#partitions.set(name, partition);
    }
    const sort = key.sk?.S ?? '';
    this.#gone.get(`${name}\n${sort}`)?.();
    this.#gone.delete(`${name}\n${sort}`);
    return { partition, sort };
  }

  #update(input: UpdateItemCommand['input']): unknown {
    const { partition, sort } = this.#find(input.TableName, input.Key ?? {});
    const placeholders = placeholdersOf(input);
    const stored = partition.get(sort);
    check(input, stored?.item, placeholders);
    const old = input.ReturnValues === 'ALL_OLD' && stored ? { ...stored.item } : undefined;
    const target = stored ?? { item: { ...input.Key }, createdAt: this.now() };
    const touched = applyUpdate(target.item, updateOf(input.UpdateExpression ?? ''), placeholders);
    partition.set(sort, target);
    switch (input.ReturnValues) {
      case 'ALL_NEW':
        return { Attributes: { ...target.item } };
      case 'UPDATED_NEW':
        return { Attributes: pick(target.item, touched) };
      default:
        return { Attributes: old };
    }
  }

  #put(input: PutItemCommand['input']): unknown {
    const item = input.Item ?? {};
    const { partition, sort } = this.#find(input.TableName, item);
    const stored = partition.get(sort);
    check(input, stored?.item, placeholdersOf(input));
    partition.set(sort, { item: { ...item }, createdAt: stored?.createdAt ?? this.now() });
    return {};
  }

  #delete(input: DeleteItemCommand['input']): unknown {
    const { partition, sort } = this.#find(input.TableName, input.Key ?? {});
    const stored = partition.get(sort);
    check(input, stored?.item, placeholdersOf(input));
    partition.delete(sort);
    return { Attributes: input.ReturnValues === 'ALL_OLD' ? stored?.item : undefined };
  }

  #get({ TableName, Key = {}, ConsistentRead }: GetItemCommand['input'], { behind }: ReadLuck): unknown {
    const { partition, sort } = this.#find(TableName, Key);
    const stored = partition.get(sort);
    if (!stored) return {};
    if (behind && !ConsistentRead && this.now() - stored.createdAt < behind.ms) {
      behind.hid();
      return {};
    }
    return { Item: { ...stored.item } };
  }

  #batchGet({ RequestItems = {} }: BatchGetItemCommand['input'], { unprocessed }: ReadLuck): unknown {
    const answer: Pick<BatchGetItemCommandOutput, 'Responses' | 'UnprocessedKeys'> = { Responses: {} };
    for (const [table, { Keys = [] }] of Object.entries(RequestItems)) {
      if (Keys.length > keysPerBatchMax) throw new Error(`BatchGetItem of ${Keys.length} keys`);
      const done = Keys.slice(0, Keys.length - unprocessed);
      const found = done.map((key) => {
        const { partition, sort } = this.#find(table, key);
        return partition.get(sort);
      });
      answer.Responses = { [table]: found.flatMap((stored) => (stored ? [{ ...stored.item }] : [])) };
      if (unprocessed > 0) answer.UnprocessedKeys = { [table]: { Keys: Keys.slice(done.length) } };
    }
    return answer;
  }

  #query(input: QueryCommand['input'], { pageItems, behind }: ReadLuck): unknown {
    const placeholders = placeholdersOf(input);
    const condition = conditionOf(input.KeyConditionExpression ?? '');
    const pk = /^pk = (:\w+)/.exec(input.KeyConditionExpression ?? '')?.[1] ?? '';
    const { partition } = this.#find(input.TableName, { pk: placeholders.values[pk] ?? { S: '' } });
    const after = input.ExclusiveStartKey?.sk?.S;
    const sorts = [...partition.keys()].sort();
    if (input.ScanIndexForward === false) sorts.reverse();
    const found: Item[] = [];
    const answer: Pick<QueryCommandOutput, 'Items' | 'LastEvaluatedKey'> = { Items: found };
    const limit = Math.min(input.Limit ?? Number.POSITIVE_INFINITY, pageItems);
    for (const sort of sorts.slice(after === undefined ? 0 : sorts.indexOf(after) + 1)) {
      const { item, createdAt = 0 } = partition.get(sort) ?? {};
      if (!item || !condition.holds(item, placeholders)) continue;
      if (behind && this.now() - createdAt < behind.ms) {
        behind.hid();
        continue;
      }
      if (found.length === limit) {
        const last = found.at(-1);
        if (last?.pk && last.sk) answer.LastEvaluatedKey = { pk: last.pk, sk: last.sk };
        break;
      }
      found.push({ ...item });
    }
    return answer;
  }
}

function placeholdersOf({ ExpressionAttributeNames, ExpressionAttributeValues }: Conditional): Placeholders {
  return { names: ExpressionAttributeNames ?? {}, values: ExpressionAttributeValues ?? {} };
}

/** @throws what DynamoDB answers to a write whose condition does not hold, or that it does not take at all. */
function check(input: Conditional, item: Item | undefined, placeholders: Placeholders): void {
  const { ConditionExpression: condition, UpdateExpression: update } = input;
  const parsed = condition === undefined ? undefined : conditionOf(condition);
  const change = update === undefined ? undefined : updateOf(update);
  const used = new Set([...(parsed?.used ?? []), ...(change?.used ?? [])]);
  const given = Object.keys(placeholders.names).length + Object.keys(placeholders.values).length;
  if (used.size !== given)
    throw new Error(`ValidationException: ${given} placeholders, of which ${used.size} are used`);
  if ((update?.length ?? 0) > expressionBytesMax || (change?.changes.length ?? 0) > operatorsMax) {
    throw new Error(`ValidationException: an update of ${update?.length} bytes`);
  }
  if (!parsed || parsed.holds(item, placeholders)) return;
  const old = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && item ? { Item: { ...item } } : {};
  throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {}, ...old });
}

function pick(item: Item, names: string[]): Item {
  const picked: Item = {};
  for (const name of names) {
    const value = item[name];
    if (value) picked[name] = value;
  }
  return picked;
}
