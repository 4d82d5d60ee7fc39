import { itemBytesMax, parseKeyText } from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import type { Item } from '../aws/expression.ts';
import { itemBytes } from '../aws/item-bytes.ts';
import { type Ledger, ledgerOf } from './ledger.ts';

/** Every counter against its recount, in sentences; items that TTL has deleted are past being compared. */
export function counterDifferences(expected: Ledger, items: Item[], isExpired: (key: string) => boolean): string[] {
  const found = ledgerOf(items);
  const differences: string[] = [];
  for (const key of new Set([...expected.items.keys(), ...found.items.keys()])) {
    if (isExpired(key)) continue;
    const wanted = expected.items.get(key);
    const stored = found.items.get(key);
    for (const name of new Set([...(wanted?.keys() ?? []), ...(stored?.keys() ?? [])])) {
      const [happened, counted] = [wanted?.get(name) ?? 0, stored?.get(name) ?? 0];
      if (happened === counted) continue;
      const { pk, sk } = parseKeyText(key);
      differences.push(`${pk} ${sk} ${name}: ${happened} happened, ${counted} counted`);
    }
  }
  return differences;
}

/** Items over their bound, and items whose texts name something else than their keys. */
export function itemFaults(counters: Item[], visitors: Item[], admissions: Item[]): string[] {
  const faults: string[] = [];
  for (const item of [...counters, ...visitors, ...admissions]) {
    const bytes = itemBytes(item);
    if (bytes > itemBytesMax) faults.push(`${item.pk?.S} ${item.sk?.S ?? ''} has ${bytes} bytes, over ${itemBytesMax}`);
  }
  for (const item of counters) {
    const [, , what] = (item.pk?.S ?? '').split('|');
    const told = what === 'page' ? item['=p']?.S : what === 'value' ? item['=v']?.S : undefined;
    const id = (item.sk?.S ?? '').split('|').at(-1);
    const says = what === 'page' || what === 'value';
    const hasViews = says && Number(item.pv?.N ?? item.n?.N ?? 0) > 0;
    if (hasViews && told === undefined) faults.push(`${item.pk?.S} ${item.sk?.S} does not say what it counts`);
    if (told !== undefined && nameId(told) !== id)
      faults.push(`${item.pk?.S} ${item.sk?.S} says that it counts ${told}`);
  }
  return faults;
}
