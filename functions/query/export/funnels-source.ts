import { funnelsParameters, named, readFunnels, stepSums, target } from '../funnels.ts';
import { count } from '../schema.ts';
import { exportSource } from './source.ts';

const { id, name } = named;

export const funnelsSource = exportSource({
  what: 'funnels',
  description: 'The funnels of the settings, a row a step.',
  parameters: funnelsParameters,
  columns: { id, name, step: { ...count, description: 'From 1 on.' }, ...target, ...stepSums },
  async read(call, ports) {
    const { funnels, goals: _goals, sessions: _sessions, unit: _unit, ...range } = await readFunnels(call, ports);
    const rows = funnels.flatMap(({ id, name, steps }) =>
      steps.map((step, index) => ({ ...step, id, name, step: index + 1 })),
    );
    return { range, about: [], rows, next: null };
  },
});
