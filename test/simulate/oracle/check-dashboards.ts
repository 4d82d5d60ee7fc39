import { activeAt } from '../../../functions/contract/active.ts';
import type { Item } from '../aws/expression.ts';
import type { Dashboard } from '../dashboard.ts';
import type { Presence } from './presence.ts';

/** Whether a dashboard shows what one shows that has just been opened. `texts`: whether texts must be the same, too. */
export function dashboardDifferences(dashboard: Dashboard, fresh: Dashboard, texts: boolean): string[] {
  const differences: string[] = [];
  const { items, asOf } = dashboard.state;
  if (asOf !== fresh.state.asOf) differences.push(`is at ${asOf}, and one just opened at ${fresh.state.asOf}`);
  for (const [key, item] of fresh.state.items) {
    const shown = items.get(key);
    const name = key.replace('\n', ' ');
    for (const [counter, value] of Object.entries(item.counters)) {
      const found = shown?.counters[counter] ?? 0;
      if (found !== value) differences.push(`shows ${name} ${counter} as ${found}, and one just opened as ${value}`);
    }
    for (const [text, value] of texts ? Object.entries(item.texts) : []) {
      const found = shown?.texts[text] ?? '';
      if (found !== value) differences.push(`shows ${name} ${text} as "${found}", and one just opened as "${value}"`);
    }
  }
  return differences.map((difference) => `dashboard ${dashboard.name} ${difference}`);
}

/** What a dashboard knows beyond a snapshot may be behind the counters, never ahead of them. */
export function inventedFigures(dashboard: Dashboard, counters: readonly Item[]): string[] {
  const stored = new Map(counters.map((item) => [`${item.pk?.S}\n${item.sk?.S}`, item]));
  const invented: string[] = [];
  for (const [key, item] of dashboard.state.items) {
    for (const [counter, value] of Object.entries(item.counters)) {
      const counted = Number(stored.get(key)?.[counter]?.N ?? 0);
      if (value > counted)
        invented.push(`${key.replace('\n', ' ')} ${counter} as ${value}, of which ${counted} are stored`);
    }
  }
  return invented.map((figure) => `dashboard ${dashboard.name} shows ${figure}`);
}

/** "Active now" and its pages, as a live dashboard shows them, against who was there. */
export function activeDifferences(dashboard: Dashboard, presence: readonly Presence[]): string[] {
  const { items, asOf } = dashboard.state;
  const shown = activeAt(items.values(), asOf);
  const here = new Map<string, number>();
  let active = 0;
  for (const visitor of presence) {
    const { pages, isActive } = visitor.at(asOf);
    if (isActive) active += 1;
    for (const pageId of pages) here.set(pageId, (here.get(pageId) ?? 0) + 1);
  }
  const differences: string[] = [];
  if (shown.active !== active) differences.push(`${shown.active} active, and ${active} are`);
  for (const pageId of new Set([...here.keys(), ...shown.pages.keys()])) {
    const [count, seen] = [here.get(pageId) ?? 0, shown.pages.get(pageId) ?? 0];
    if (count !== seen) differences.push(`${seen} on page ${pageId}, and ${count} are`);
  }
  return differences.map((difference) => `dashboard ${dashboard.name} shows ${difference}`);
}
