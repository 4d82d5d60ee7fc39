import { funnelsParameters, goalSums, named, readFunnels, target } from '../funnels.ts';
import { count, text } from '../schema.ts';
import { exportSource, instantText, orNone } from './source.ts';

const { id, name } = named;
const since = text('Since when it is counted: an ISO 8601 instant, UTC.');

export const goalsSource = exportSource({
  what: 'goals',
  description: 'The goals of the settings, in their order.',
  parameters: funnelsParameters,
  columns: {
    id,
    name,
    ...target,
    ...orNone({ since }),
    ...goalSums,
    allSessions: { ...count, description: 'Sessions that began in the range.' },
  },
  async read(call, ports) {
    const { goals, funnels: _funnels, sessions: allSessions, unit: _unit, ...range } = await readFunnels(call, ports);
    const rows = goals.map(({ points: _points, ...goal }) => ({
      ...goal,
      since: goal.since === null ? null : instantText(goal.since),
      allSessions,
    }));
    return { range, about: [], rows, next: null };
  },
});
