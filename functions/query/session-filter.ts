/** Which sessions of a range are asked for. */
import { pathLengthMax } from '../contract/event.ts';
import type { SessionRow } from '../contract/session-answer.ts';
import { sessionPath } from '../contract/session-path.ts';
import { bad, choice, device, type Parameter, parsePath, type Values, wholeNumber } from './parameters.ts';

const path: Parameter<string | null> = {
  name: 'path',
  description: 'Entered or left by this page; left out: any.',
  required: false,
  schema: { type: 'string', maxLength: pathLengthMax },
  parse: (text) => (text === undefined ? null : parsePath(text)),
};

const country: Parameter<string | null> = {
  name: 'country',
  description: 'ISO 3166-1 alpha-2; left out: any.',
  required: false,
  schema: { type: 'string', maxLength: 2 },
  parse(text) {
    if (text === undefined) return null;
    return /^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : bad('country', text, 'two letters, such as DE');
  },
};

export const sessionFilter = {
  device,
  country,
  path,
  frustrated: choice('frustrated', ['true', 'false'], 'Only sessions with rage or dead clicks.', 'false'),
  minPages: wholeNumber('minPages', 'Only sessions of so many page views or more.', 9_999, null),
};

export function isWanted(row: SessionRow, wish: Values<typeof sessionFilter>): boolean {
  const asked = wish.path === null ? null : sessionPath(wish.path);
  return (
    (wish.device === null || row.device === wish.device) &&
    (wish.country === null || row.country === wish.country) &&
    (asked === null || row.entry === asked || row.exit === asked) &&
    (wish.frustrated === 'false' || row.rage + row.dead > 0) &&
    (wish.minPages === null || row.pageViews >= wish.minPages)
  );
}
