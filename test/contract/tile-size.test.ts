import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import {
  cellName,
  elementName,
  elementPartition,
  type ItemKey,
  itemBytesMax,
  placeCounter,
  tileSort,
} from '../../functions/contract/counter.ts';
import { gridSize } from '../../functions/contract/element-grid.ts';
import {
  cellsMax,
  coarseCell,
  fineCell,
  formatPlace,
  type PlaceGroup,
  placeOf,
} from '../../functions/contract/place.ts';
import { type Lane, positionOf } from '../../functions/contract/position.ts';
import { weightOf } from '../../functions/contract/tile.ts';
import { dynamoCounterStore } from '../../functions/store/counter-store.dynamo.ts';
import { Tiles } from '../../functions/store/tiles.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
// A site's name as long as the bound allows for.
const pk = elementPartition('1', 's'.repeat(40), '2026-11-23', 'abcdefgh', 'desktop');
const hour = Date.parse('2026-11-23T12:00:00Z');
const [count, ms] = [999_999, 9_999_999_999];

/** All counters that a place can ever have, wherever in its block things happen, at their largest. */
function allOf(group: PlaceGroup, width: number, height: number): [name: string, value: number][] {
  const counters = new Map<string, number>();
  const at = (col: number, row: number) => placeOf(group, '', [col, row], [width, height]);
  const { column, row: blockRow } = at(0, 0);
  // Finer than a step of these boxes.
  for (let col = 0; col < gridSize && at(col, 0).column === column; col += 8) {
    for (let row = 0; row < gridSize && at(0, row).row === blockRow; row += 8) {
      const place = at(col, row);
      if (group === 'm') counters.set(cellName('move', ...fineCell(place, col, row)), ms);
      else {
        counters.set(cellName('click', ...fineCell(place, col, row)), count);
        for (const layer of ['rage', 'dead', 'hesitation'] as const) {
          counters.set(cellName(layer, ...coarseCell(place, col, row)), count);
        }
        counters.set(cellName('hover', ...coarseCell(place, col, row)), ms);
      }
    }
  }
  const { clicks, taps, rage, dead, hovers, hesitations, hoverMs, moves, restMs } = elementName;
  for (const name of group === 'm' ? [moves] : [clicks, taps, rage, dead, hovers, hesitations])
    counters.set(name, 99_999_999);
  counters.set(group === 'm' ? restMs : hoverMs, 999_999_999_999);
  return [...counters];
}

/** As DynamoDB counts: names in UTF-8; of a number, a byte for two digits and one more. */
function bytesOf(item: Record<string, { S?: string; N?: string; B?: Uint8Array }>): number {
  return Object.entries(item).reduce((sum, [name, { S, N, B }]) => {
    const value = S !== undefined ? Buffer.byteLength(S) : N !== undefined ? 1 + Math.ceil(N.length / 2) : B?.length;
    return sum + Buffer.byteLength(name) + (value ?? 0);
  }, 0);
}

describe('a tile that is full, with eight guards and every counter at its largest', () => {
  it.each([
    ['c', 10, 10],
    ['c', 100, 20],
    ['c', 120, 120],
    ['c', 1280, 700],
    ['m', 60, 60],
    ['m', 380, 300],
    ['m', 1000, 1000],
    ['m', 1280, 700],
  ] as const)('stays within its bound (%s, elements of %i × %i px)', async (group, width, height) => {
    const tiles = new Tiles();
    const all = allOf(group, width, height);
    const { fine, coarse } = cellsMax(placeOf(group, '', [0, 0], [width, height]));
    expect(all).toHaveLength(fine + 4 * coarse + (group === 'm' ? 2 : 7));
    const counters: [name: string, value: number][] = [];
    let places = 0;
    for (; ; places++) {
      const name = formatPlace(placeOf(group, `#${places}`, [0, 0], [width, height]));
      const { tile, at } = tiles.roomFor(name);
      if (tile > 0) break;
      tiles.take(name, tile, at);
      counters.push(...all.map(([counter, value]): [string, number] => [placeCounter(at, counter), value]));
    }
    const key = { pk: `${pk}-${group}-${width}`, sk: tileSort(group === 'm' ? 'day' : hour, 10) };
    const bytes = bytesOf({ ...(await stored(key, counters)), pk: { S: pk } });
    expect(bytes).toBeLessThanOrEqual(itemBytesMax);
    // The weights are no looser than what they leave for keys and guards.
    expect(bytes).toBeGreaterThan(places * weightOf(placeOf(group, '', [0, 0], [width, height])).bytes);
  });
});

/** Written as eight shards would, each with a guard of its own. */
async function stored(key: ItemKey, counters: [name: string, value: number][]) {
  const { client, byPkAndSk } = dynamo();
  const store = dynamoCounterStore({ client, table: byPkAndSk });
  const share = Math.ceil(counters.length / 8);
  for (let shard = 0; shard < 8; shard++) {
    const at = positionOf(String(shard + 1));
    const own = Object.fromEntries(counters.slice(shard * share, (shard + 1) * share));
    const parts = [{ position: at, counters: own, texts: {} }];
    await store.add(`0_${10 + shard}` as Lane, { key, first: at, last: at, parts, expiresAt: 1_893_456_000 });
  }
  const Key = { pk: { S: key.pk }, sk: { S: key.sk } };
  const { Item = {} } = await client.send(new GetItemCommand({ TableName: byPkAndSk, Key }));
  expect(Object.keys(Item).filter((name) => name.startsWith('g_'))).toHaveLength(8);
  return Item;
}
