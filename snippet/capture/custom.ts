import { kind, nameLengthMax, propertiesPerEventMax, propertyLengthMax } from '../../functions/contract/event.ts';
import type { Pulse } from '../pulse.ts';

/** Counts an event of the site's own. Properties other than short texts, numbers and truths are left out. */
export function trackCustom(pulse: Pulse, name: unknown, properties: unknown): void {
  const kept: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(properties || {}).slice(0, propertiesPerEventMax)) {
    const isText = typeof value === 'string';
    if (isText || value === !!value || Number.isFinite(value)) {
      kept[key.slice(0, nameLengthMax)] = isText ? value.slice(0, propertyLengthMax) : value;
    }
  }
  if (name) pulse.add([kind.custom, 0, 0, `${name}`.slice(0, nameLengthMax), kept]);
}
