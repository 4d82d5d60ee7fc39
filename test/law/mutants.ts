/** Stores with one rule of exactly-once left out each. The laws are only worth something if their tests notice. */
import { formatVisitorState, parseVisitorState } from '../../functions/aggregate/visitor-state-text.ts';
import { keyText, type Totals } from '../../functions/contract/counter.ts';
import type { Lane, Position } from '../../functions/contract/position.ts';
import type { ItemIncrements } from '../../functions/store/counter-store.ts';
import { memoryVisitorStore } from '../../functions/store/visitor-store.memory.ts';
import type { StoredVisitor } from '../../functions/store/visitor-store.ts';
import type { Stores } from './world.ts';

interface GuardedItem extends Totals {
  guards: Map<Lane, Position>;
}

/** Which parts of a run still count, where an item's guard stands at `guard`. */
type Rule = (run: ItemIncrements, guard: Position | undefined) => ItemIncrements['parts'];

function countersBy(rule: Rule): Stores['counters'] {
  const items = new Map<string, GuardedItem>();
  return {
    async add(lane, run) {
      const name = keyText(run.key);
      const item: GuardedItem = items.get(name) ?? { key: run.key, counters: {}, texts: {}, guards: new Map() };
      for (const { counters, texts } of rule(run, item.guards.get(lane))) {
        for (const [counter, value] of Object.entries(counters)) {
          item.counters[counter] = (item.counters[counter] ?? 0) + value;
        }
        Object.assign(item.texts, texts);
      }
      item.guards.set(lane, run.last);
      items.set(name, item);
      return { outcome: 'counted', totals: item };
    },
    async partition(pk) {
      return [...items.values()]
        .filter(({ key }) => key.pk === pk)
        .map(({ key, counters, texts }) => ({ key, counters, texts }));
    },
  };
}

/** A visitor store that does not look at the guard when it saves: whoever writes last wins. */
function carelessVisitors(): Stores['visitors'] {
  const visitors = new Map<string, StoredVisitor>();
  const claims = memoryVisitorStore();
  return {
    async load(site, ids) {
      const found = new Map<string, StoredVisitor>();
      for (const id of ids) {
        const stored = visitors.get(`${site}|${id}`);
        if (stored) found.set(id, structuredClone(stored));
      }
      return found;
    },
    async save(site, visitor, { lane, position, state }) {
      const name = `${site}|${visitor}`;
      visitors.set(name, { state, guards: { ...visitors.get(name)?.guards, [lane]: position } });
      return 'saved';
    },
    claimLoad: claims.claimLoad,
    retireLoad: claims.retireLoad,
  };
}

function visitorsBut(change: Partial<Stores['visitors']>): Stores['visitors'] {
  return { ...memoryVisitorStore(), ...change };
}

const before = '0'.repeat(48) as Position;

export const mutants: Record<string, () => Partial<Stores>> = {
  'an item without a guard': () => ({ counters: countersBy((run) => run.parts) }),
  'a guard compared with the last position of the run': () => ({
    counters: countersBy((run, guard) => (guard === undefined || guard < run.last ? run.parts : [])),
  }),
  'a run dropped whole where a part of it has counted': () => ({
    counters: countersBy((run, guard) => (guard === undefined || guard < run.first ? run.parts : [])),
  }),
  'a guard that counts its own position again': () => ({
    counters: countersBy((run, guard) => run.parts.filter(({ position }) => guard === undefined || position >= guard)),
  }),
  'states saved whatever their guard': () => ({ visitors: carelessVisitors() }),
  'states that forget which numbers they have seen': () => {
    const store = memoryVisitorStore();
    return {
      visitors: { ...store, load: async (...args) => new Map([...(await store.load(...args))].map(forgetful)) },
    };
  },
  'retired loads that are not kept': () => ({ visitors: visitorsBut({ retireLoad: async () => undefined }) }),
  'retired loads believed before their state is saved': () => {
    const store = memoryVisitorStore();
    const claimLoad: typeof store.claimLoad = async (...args) => {
      const claim = await store.claimLoad(...args);
      // As if it had been retired before all positions: every guard has passed it.
      return { ...claim, retired: claim.retired.map((version) => ({ ...version, position: before })) };
    };
    return { visitors: { ...store, claimLoad } };
  },
  'an older version of a retired load that overwrites a newer one': () => {
    const store = memoryVisitorStore();
    const last = new Map<string, Position>();
    return {
      visitors: {
        ...store,
        async retireLoad(...args) {
          last.set(args[1], args[2].position);
          await store.retireLoad(...args);
        },
        async claimLoad(...args) {
          const claim = await store.claimLoad(...args);
          const newest = last.get(args[1]) ?? before;
          return { ...claim, retired: claim.retired.filter(({ position }) => position <= newest) };
        },
      },
    };
  },
  'a claim that goes to whoever asks': () => ({
    visitors: visitorsBut({ claimLoad: async (_, __, visitor) => ({ visitor, retired: [] }) }),
  }),
};

function forgetful([visitor, { state, guards }]: [string, StoredVisitor]): [string, StoredVisitor] {
  const parsed = parseVisitorState(state);
  for (const load of parsed.loads) load.seen = '';
  return [visitor, { state: formatVisitorState(parsed), guards }];
}
