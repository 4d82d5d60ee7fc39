import { kind } from '../../functions/contract/event.ts';
import { parse, stringify } from '../json.ts';
import { guard } from '../platform.ts';
import type { Pulse } from '../pulse.ts';

/**
 * Counts an event of the site's own. Ingest leaves out what is no short text, number or truth, and cuts what is too long.
 * What cannot be sent takes nothing else down with it.
 */
export const trackCustom = guard((pulse: Pulse, [name, properties]: Iterable<unknown>): void => {
  // A copy, that the page cannot change before it is sent.
  if (name) pulse.add([kind.custom, 0, 0, `${name}`, parse(stringify({ ...(properties as object) }))]);
});
