import type { Page } from 'playwright-core';
import type { Box, CaptureElement } from '../contract/answer.ts';
import { elementKeyLengthMax, labelLengthMax } from '../contract/event.ts';

/**
 * Lists the page's elements by the page script. The page could have replaced anything that the script uses, so what comes
 * back is checked like any input: entries of another shape are left out.
 */
export async function readElements(page: Page, pageScript: string, countMax: number): Promise<CaptureElement[]> {
  await page.evaluate(pageScript);
  const found: unknown = await page.evaluate(`globalThis.sitepulseElements(${countMax})`);
  if (!Array.isArray(found)) return [];
  return found.slice(0, countMax).flatMap((entry: unknown) => elementOf(entry) ?? []);
}

export function elementOf(entry: unknown): CaptureElement | null {
  const { key, label, clickable, box, window } = (entry ?? {}) as Record<string, unknown>;
  if (typeof key !== 'string' || key === '' || key.length > elementKeyLengthMax) return null;
  if (typeof label !== 'string' || label.length > labelLengthMax) return null;
  if (!isBox(box) || !(window === undefined || isBox(window))) return null;
  return { key, label, clickable: clickable === true, box, ...(window && { window }) };
}

function isBox(value: unknown): value is Box {
  return Array.isArray(value) && value.length === 4 && value.every((part) => Number.isInteger(part));
}
