import { type ItemKey, keyText, parseKeyText, parseWindowName } from '../../../functions/contract/counter.ts';
import type { Item } from '../aws/expression.ts';

/** Figures by item: `pk` and `sk`, then name. Of pairs that take each other back, only the difference is told. */
export class Ledger {
  readonly items = new Map<string, Map<string, number>>();

  add(key: ItemKey, name: string, amount = 1): void {
    const text = keyText(key);
    const figures = this.items.get(text) ?? new Map<string, number>();
    this.items.set(text, figures);
    figures.set(name, (figures.get(name) ?? 0) + amount);
  }

  all(): [key: ItemKey, name: string, amount: number][] {
    return [...this.items].flatMap(([text, figures]) =>
      [...figures].map(([name, amount]): [ItemKey, string, number] => [parseKeyText(text), name, amount]),
    );
  }
}

/** Names of pairs in stored items: the figure that they speak of, and on which side. */
const pairs: Record<string, Record<string, [figure: string, side: 1 | -1]>> = {
  hour: { bo: ['bounces', 1], ub: ['bounces', -1] },
  session: { si: ['shown', 1], so: ['shown', -1] },
  page: { ei: ['entries', 1], eo: ['entries', -1], xi: ['exits', 1], xo: ['exits', -1] },
  transition: { n: ['made', 1], u: ['made', -1] },
};

/** Figures of stored items, under the ledger's names. */
export function ledgerOf(items: Item[]): Ledger {
  const ledger = new Ledger();
  for (const item of items) {
    const key = { pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' };
    const what = key.pk.split('|')[2] ?? '';
    if (what === 'progress') continue;
    for (const [name, value] of Object.entries(item)) {
      // A session's texts follow from one visitor's records, in their order.
      if (what === 'session' && name.startsWith('=')) ledger.add(key, `says ${name.slice(1)} ${value.S}`);
      if (value.N === undefined || name === 'ttl') continue;
      const [figure, side] = figureOf(what, name);
      ledger.add(key, figure, side * Number(value.N));
    }
  }
  return ledger;
}

function figureOf(what: string, name: string): [figure: string, side: 1 | -1] {
  const window = what === 'live' ? parseWindowName(name) : null;
  if (window) return [presentName(window.pageId, window.slot), window.side === 'A' ? 1 : -1];
  return pairs[what]?.[name] ?? [name, 1];
}

/** Present in a window of its minute: sessions, or loads of a page. `slot`: 0..11. */
export function presentName(pageId: string | null, slot: number): string {
  return `present ${pageId ?? 'sessions'} ${slot}`;
}
