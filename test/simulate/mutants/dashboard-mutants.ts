/** Mutants of what dashboards are told, and of how they take it. */
import { merge } from '../../../web/live/merge.ts';
import type { Mutant } from '../mutant.ts';

export const dashboardMutants: Mutant[] = [
  {
    name: 'last-writer-wins',
    what: 'a dashboard believes the message that came last',
    seeds: [3, 8, 9],
    merge: (state, message) => {
      merge(state, message);
      for (const [pk, sk, counters] of message.items) {
        Object.assign(state.items.get(`${pk}\n${sk}`)?.counters ?? {}, counters);
      }
    },
  },
  {
    name: 'increments-pushed',
    what: 'what was added is pushed, not what it came to',
    seeds: [2, 3, 6],
    ports: (deps) => ({
      ...deps,
      counters: {
        add: async (lane, item) => {
          const result = await deps.counters.add(lane, item);
          const counters: Record<string, number> = {};
          for (const part of item.parts) {
            for (const [name, value] of Object.entries(part.counters)) counters[name] = (counters[name] ?? 0) + value;
          }
          return { ...result, totals: { ...result.totals, counters } };
        },
      },
    }),
  },
];
