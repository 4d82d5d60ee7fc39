/** Mutants of what is remembered of a visitor and of a load. */
import { BatchGetItemCommand, type BatchGetItemCommandOutput, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { formatVisitorState, parseVisitorState } from '../../../functions/aggregate/visitor-state-text.ts';
import { type Position, positionBytes } from '../../../functions/contract/position.ts';
import type { ProcessDeps } from '../../../functions/process/process.ts';
import type { AddResult, ItemIncrements } from '../../../functions/store/counter-store.ts';
import type { Mutant, MutantView } from '../mutant.ts';
import { tables } from '../processor.ts';

type Visitors = ProcessDeps['visitors'];

function visitorsBut(
  change: (visitors: Visitors, view: MutantView) => Partial<Visitors>,
): NonNullable<Mutant['ports']> {
  return (deps, view) => ({ ...deps, visitors: { ...deps.visitors, ...change(deps.visitors, view) } });
}

/** What the item will hold once these are added: the totals that a writer in the wrong order would show. */
function foreseen({ db }: MutantView, { key, parts }: ItemIncrements): AddResult {
  const item = db.peek(tables.counters, key.pk, key.sk);
  const counters: Record<string, number> = {};
  for (const part of parts) {
    for (const [name, value] of Object.entries(part.counters)) {
      counters[name] = (counters[name] ?? Number(item?.[name]?.N ?? 0)) + value;
    }
  }
  return {
    outcome: 'counted',
    totals: { key, counters, texts: Object.assign({}, ...parts.map(({ texts }) => texts)) },
  };
}

const hourSeconds = 3_600;

export const stateMutants: Mutant[] = [
  {
    name: 'state-before-counters',
    what: "the visitors' states are saved before the counters are added to",
    seeds: [1, 2, 3],
    ports: (deps, view) => {
      let held: (() => Promise<unknown>)[] = [];
      return {
        ...deps,
        counters: {
          add: async (lane, item) => {
            held.push(() => deps.counters.add(lane, item));
            return foreseen(view, item);
          },
        },
        visitors: {
          ...deps.visitors,
          save: async (...args) => {
            const outcome = await deps.visitors.save(...args);
            await Promise.all(held.splice(0).map((add) => add()));
            return outcome;
          },
          load: (...args) => {
            // A new attempt: what an earlier one held is gone with it.
            held = [];
            return deps.visitors.load(...args);
          },
        },
      };
    },
  },
  {
    name: 'states-unguarded',
    what: 'a state is saved over whatever another attempt has saved',
    seeds: [1, 2, 3],
    send: (send) => (command) => {
      const isSave = command instanceof UpdateItemCommand && command.input.ExpressionAttributeNames?.['#s'] === 's';
      if (!isSave) return send(command);
      const { ConditionExpression: _, ...input } = command.input;
      const { ':before': __, ...ExpressionAttributeValues } = input.ExpressionAttributeValues ?? {};
      return send(new UpdateItemCommand({ ...input, ExpressionAttributeValues }));
    },
  },
  {
    name: 'numbers-forgotten',
    what: 'the numbers that a load has sent are not remembered',
    seeds: [1, 2, 3],
    ports: visitorsBut(({ load }) => ({
      load: async (...args) => {
        const found = await load(...args);
        for (const stored of found.values()) {
          const state = parseVisitorState(stored.state);
          for (const one of state.loads) one.seen = '';
          stored.state = formatVisitorState(state);
        }
        return found;
      },
    })),
  },
  {
    name: 'reached-forgotten',
    what: 'what a session has reached is not remembered',
    seeds: [1, 2, 3],
    symptom: /\|goal\|/,
    ports: visitorsBut(({ load }) => ({
      load: async (...args) => {
        const found = await load(...args);
        for (const stored of found.values()) {
          const state = parseVisitorState(stored.state);
          if (state.session) Object.assign(state.session, { goals: [], funnels: [], hits: [] });
          stored.state = formatVisitorState(state);
        }
        return found;
      },
    })),
  },
  {
    name: 'signals-forgotten',
    what: 'what was met in the view that a session would be left by is not remembered',
    seeds: [1, 2, 3],
    symptom: /\|page\|.* [A-Z][io]: /,
    ports: visitorsBut(({ load }) => ({
      load: async (...args) => {
        const found = await load(...args);
        for (const stored of found.values()) {
          const state = parseVisitorState(stored.state);
          if (state.session?.exit) Object.assign(state.session.exit, { signals: 0, engagedMs: 0 });
          stored.state = formatVisitorState(state);
        }
        return found;
      },
    })),
  },
  {
    name: 'session-renamed',
    what: 'by which start a session was first known is not remembered',
    seeds: [1, 2, 3],
    symptom: /\|session\|/,
    ports: visitorsBut(({ load }) => ({
      load: async (...args) => {
        const found = await load(...args);
        for (const stored of found.values()) {
          const state = parseVisitorState(stored.state);
          if (state.session) state.session.firstStart = null;
          stored.state = formatVisitorState(state);
        }
        return found;
      },
    })),
  },
  {
    name: 'first-text-stands',
    what: 'of what a batch says of an item several times, the first stands',
    seeds: [2, 3, 4],
    symptom: /\|session\|.* says /,
    ports: (deps) => ({
      ...deps,
      counters: {
        add: (lane, item) => {
          const said: Record<string, string> = {};
          const parts = item.parts.map((part) => {
            Object.assign(said, { ...part.texts, ...said });
            return { ...part, texts: { ...said } };
          });
          return deps.counters.add(lane, { ...item, parts });
        },
      },
    }),
  },
  {
    name: 'expiry-by-presence',
    what: 'what is remembered ends when its item is deleted, which is hours later and not days',
    seeds: [2, 3, 4],
    ports: visitorsBut(({ save }, { now }) => ({
      save: (site, visitor, change) => {
        return save(site, visitor, { ...change, expiresAt: Math.ceil(now() / 1000) + 4 * hourSeconds });
      },
    })),
  },
  {
    name: 'retired-loads-dropped',
    what: 'what a state has no room for is not kept',
    seeds: [2, 3, 7],
    ports: visitorsBut(() => ({ retireLoad: async () => undefined })),
  },
  {
    name: 'retired-loads-believed',
    what: 'what an attempt wrote of a load that it let go is believed before its state is saved',
    seeds: [7],
    ports: visitorsBut(({ claimLoad }) => ({
      claimLoad: async (...args) => {
        const claim = await claimLoad(...args);
        const position = '0'.repeat(positionBytes * 2) as Position;
        return { ...claim, retired: claim.retired.map((version) => ({ ...version, position })) };
      },
    })),
  },
  {
    name: 'claims-by-whoever-asks',
    what: 'a load belongs to whoever sends for it',
    seeds: [1, 2, 3],
    ports: visitorsBut(({ claimLoad }) => ({
      claimLoad: async (site, load, visitor, expiresAt) => {
        await claimLoad(site, load, visitor, expiresAt);
        return { visitor, retired: [] };
      },
    })),
  },
  {
    name: 'claims-not-renewed',
    what: 'a claim ends a while after the first use of its load, and not after the last',
    seeds: [688],
    send: (send) => (command) => {
      if (!(command instanceof UpdateItemCommand)) return send(command);
      const { ':soon': soon, ...ExpressionAttributeValues } = command.input.ExpressionAttributeValues ?? {};
      if (!soon) return send(command);
      const ConditionExpression = 'attribute_not_exists(#v)';
      return send(new UpdateItemCommand({ ...command.input, ConditionExpression, ExpressionAttributeValues }));
    },
  },
  {
    name: 'unprocessed-taken-for-absent',
    what: 'visitors whose states a read left unprocessed are taken for new ones',
    seeds: [2, 3, 5],
    send: (send) => async (command) => {
      if (!(command instanceof BatchGetItemCommand)) return send(command);
      const answer = (await send(command)) as BatchGetItemCommandOutput;
      return { Responses: answer.Responses };
    },
  },
  {
    name: 'put-back-dropped',
    what: 'records of a load that is not their own are dropped instead of being put back',
    seeds: [1, 3, 4],
    ports: (deps) => ({ ...deps, stream: { put: async () => undefined } }),
  },
];
