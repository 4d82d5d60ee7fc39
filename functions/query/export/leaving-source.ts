import { otherValue } from '../../contract/counter.ts';
import type { LeavingSum } from '../../contract/leaving-answer.ts';
import { leavingSums, metFigures, readLeaving } from '../leaving.ts';
import { from, to } from '../parameters.ts';
import { count, text } from '../schema.ts';
import { exportSource } from './source.ts';

const met = (what: string) => ({ ...count, description: `Views with ${what} while they were their session’s last.` });
const left = (what: string) => ({
  ...count,
  description: `Those of them that still are: views with ${what} that ended a session.`,
});

export const leavingSource = exportSource({
  what: 'leaving',
  description: 'Each page’s views and those that ended a session, all of them and those in which something was met.',
  parameters: { from, to },
  columns: {
    path: text('As it is counted, by the site’s path rules.'),
    title: text('As last seen.'),
    ...leavingSums,
    rageViews: met(metFigures.rage),
    rageLeft: left(metFigures.rage),
    deadViews: met(metFigures.dead),
    deadLeft: left(metFigures.dead),
    hesitationViews: met(metFigures.hesitation),
    hesitationLeft: left(metFigures.hesitation),
    engagedViews: met(metFigures.engaged),
    engagedLeft: left(metFigures.engaged),
    readViews: met(metFigures.read),
    readLeft: left(metFigures.read),
  },
  async read(call, ports) {
    const asked = { ...call, values: { ...call.values, limit: Infinity } };
    const { rows, other, site: _site, ...range } = await readLeaving(asked, ports);
    const rest = other.views > 0 ? [{ path: otherValue, title: '', ...other }] : [];
    return { range, about: [], rows: [...rows, ...rest].map(flat), next: null };
  },
});

function flat({ path, title, views, left, met }: LeavingSum & { path: string; title: string }) {
  return {
    ...{ path, title, views, left },
    ...{ rageViews: met.rage.views, rageLeft: met.rage.left },
    ...{ deadViews: met.dead.views, deadLeft: met.dead.left },
    ...{ hesitationViews: met.hesitation.views, hesitationLeft: met.hesitation.left },
    ...{ engagedViews: met.engaged.views, engagedLeft: met.engaged.left },
    ...{ readViews: met.read.views, readLeft: met.read.left },
  };
}
