import { text } from '../schema.ts';
import { sessionColumns } from '../session-schema.ts';
import { readSessions, sessionsParameters } from '../sessions.ts';
import { exportSource, instantText, orNone } from './source.ts';

/** In one part; with filters it may have fewer, even none, and another part still follow. */
const rowsMax = 1_000;
const { limit: _limit, ...parameters } = sessionsParameters;
const { entry: _entry, exit: _exit, ...always } = sessionColumns;

export const sessionsSource = exportSource({
  what: 'sessions',
  description: `Sessions that began in the range, newest first, in parts of at most ${rowsMax}.`,
  parameters,
  columns: {
    ...always,
    start: text('Its first event: an ISO 8601 instant, UTC.'),
    last: text('The newest that is known of it: an ISO 8601 instant, UTC.'),
    signals: text('What was met in the view that it was left by, or is on, between spaces.'),
    ...orNone({
      entry: text('Path that it was entered by, cut at 200 characters.'),
      exit: text('Path that it was left by, or is on.'),
    }),
  },
  async read(call, ports) {
    const asked = { ...call, values: { ...call.values, limit: rowsMax } };
    const { rows, next, ...range } = await readSessions(asked, ports);
    const told = rows.map((row) => ({
      ...row,
      start: instantText(row.start),
      last: instantText(row.last),
      signals: row.signals.join(' '),
    }));
    return { range, about: [call.values.device ?? '', call.values.path ?? ''], rows: told, next };
  },
});
