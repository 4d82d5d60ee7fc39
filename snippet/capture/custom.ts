import { kind } from '../../functions/contract/event.ts';
import { parse, stringify } from '../json.ts';
import type { Pulse } from '../pulse.ts';

/** Counts an event of the site's own. Ingest leaves out what is no short text, number or truth, and cuts what is too long. */
export function trackCustom(pulse: Pulse, [name, properties]: Iterable<unknown>): void {
  // A copy, that the page cannot change before it is sent.
  if (name) pulse.add([kind.custom, 0, 0, `${name}`, parse(stringify({ ...(properties as object) }))]);
}
