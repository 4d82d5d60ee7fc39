import {
  type AttributeValue,
  ConditionalCheckFailedException,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { parseHourText } from '../../functions/contract/counter.ts';
import { hourMs, minuteMs } from '../../functions/contract/time-unit.ts';
import type { DynamoTable } from '../../functions/store/client.dynamo.ts';

type Item = Record<string, AttributeValue>;

/** Up to where a site's counters are copied: days up to this one, and the live minutes before the archive begins. */
interface Cut {
  day: string;
  minute: number;
}

export interface OlderThan {
  from: string;
  to: string;
  /** By site, the instant of the oldest event that is kept; a site that has none is copied whole. */
  firsts: ReadonlyMap<string, number>;
}

/**
 * What a site has counted before its archive begins can't be recomputed: those days are copied as they are, with the guards that
 * stand in them. So a record of the archive that is in a copied item already is passed over there, like any repeat; what comes
 * later adds to it. Copying again changes nothing.
 */
export async function copyOlder(
  counters: DynamoTable,
  admissions: DynamoTable,
  { from, to, firsts }: OlderThan,
  progress: (what: string) => void,
): Promise<void> {
  const cuts = await cutsOf(counters, firsts, from);
  if (cuts.size === 0) return;
  let copied = 0;
  for (const table of [counters, admissions]) {
    for await (const item of scan(table, `${from}|`)) {
      if (!isBefore(item.pk?.S ?? '', cuts)) continue;
      await putNew(table, { ...item, pk: { S: `${to}|${(item.pk?.S ?? '').slice(from.length + 1)}` } });
      copied += 1;
      if (copied % 100 === 0) progress(`${copied} items from before the archive copied`);
    }
  }
}

/** Only of sites that have hours which were over when their archive began. */
async function cutsOf(counters: DynamoTable, firsts: OlderThan['firsts'], from: string): Promise<Map<string, Cut>> {
  const cuts = new Map<string, Cut>();
  for await (const { pk, sk } of scan(counters, `${from}|`)) {
    const [, site = '', kind, day = ''] = (pk?.S ?? '').split('|');
    const first = firsts.get(site) ?? Number.MAX_SAFE_INTEGER;
    if (kind !== 'hour' || parseHourText(sk?.S ?? '') + hourMs > first) continue;
    const known = cuts.get(site);
    if (!known || day > known.day) cuts.set(site, { day, minute: first / minuteMs });
  }
  return cuts;
}

function isBefore(pk: string, cuts: Map<string, Cut>): boolean {
  const [, site = '', kind, when = ''] = pk.split('|');
  const cut = cuts.get(site);
  if (!cut || when === '') return false;
  return kind === 'live' ? Number(when) < cut.minute : when <= cut.day;
}

async function* scan({ client, table }: DynamoTable, prefix: string): AsyncGenerator<Item> {
  let start: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        FilterExpression: 'begins_with(pk, :prefix)',
        ExpressionAttributeValues: { ':prefix': { S: prefix } },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}

async function putNew({ client, table }: DynamoTable, item: Item): Promise<void> {
  try {
    await client.send(
      new PutItemCommand({ TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
    );
  } catch (error) {
    // It was copied by an earlier attempt, and may have been added to since.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
