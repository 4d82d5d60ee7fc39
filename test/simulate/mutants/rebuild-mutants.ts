/** Mutants of a rebuild and of how its epoch comes into use. */
import { merge } from '../../../web/live/merge.ts';
import type { Mutant } from '../mutant.ts';
import { epoch as configured } from '../processor.ts';

export const rebuildMutants: Mutant[] = [
  {
    name: 'switch-before-caught-up',
    what: 'a rebuild switches over when it has read the archive, whatever is on the stream alone',
    seeds: [18, 27, 31],
    rebuild: (ports) => ({ ...ports, shards: async () => [], mark: async () => [] }),
  },
  {
    name: 'states-of-all-epochs-shared',
    what: "a new epoch is built on the visitors' states of the old one",
    seeds: [8, 9, 14],
    rebuild: (ports) => ({
      ...ports,
      stores: (epoch) => ({ ...ports.stores(epoch), visitors: ports.stores(configured).visitors }),
    }),
  },
  {
    name: 'epochs-merged',
    what: 'a dashboard merges what is counted in a newer epoch with what it knows of the older',
    seeds: [8, 9, 14],
    merge: (state, message) => {
      const items = message.items.map(([pk, ...rest]): (typeof message.items)[number] => {
        return [`${configured}${pk.slice(pk.indexOf('|'))}`, ...rest];
      });
      merge(state, { ...message, epoch: configured, items });
    },
  },
];
