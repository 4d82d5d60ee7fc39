/** Reads a site's goals and funnels. Throws ApiError 400 `bad-goals` or `bad-funnels`, with which of them is meant. */
import { nameLengthMax, pathLengthMax, urlLengthMax } from '../../contract/event.ts';
import {
  type Funnel,
  funnelId,
  funnelStepsMax,
  funnelStepsMin,
  funnelsMax,
  type Goal,
  goalId,
  goalNameLengthMax,
  goalsMax,
  type Target,
  type TargetKind,
  targetKinds,
} from '../../contract/goal.ts';
import { ApiError } from '../api-error.ts';
import { bad, missing } from '../parameters.ts';
import { choiceOf, lineOf, onlyKnown, type Wish } from './wish.ts';

export function goalsOf(wish: Wish): Goal[] {
  const goals = listOf(wish, 'goals', goalsMax, (one): Goal => {
    onlyKnown(one, ['name', 'what', 'match']);
    return { name: lineOf(one, 'name', goalNameLengthMax), ...targetOf(one) };
  });
  assertDifferent('goals', goals, goalId);
  return goals;
}

export function funnelsOf(wish: Wish): Funnel[] {
  const funnels = listOf(wish, 'funnels', funnelsMax, (one): Funnel => {
    onlyKnown(one, ['name', 'steps']);
    const steps = listOf(one, 'steps', funnelStepsMax, (step) => {
      onlyKnown(step, ['what', 'match']);
      return targetOf(step);
    });
    if (steps.length < funnelStepsMin) {
      bad('steps', `${steps.length} of them`, `${funnelStepsMin} to ${funnelStepsMax} steps`);
    }
    return { name: lineOf(one, 'name', goalNameLengthMax), steps };
  });
  assertDifferent('funnels', funnels, funnelId);
  return funnels;
}

const accepted: Record<TargetKind, { isOne: (match: string) => boolean; lengthMax: number; say: string }> = {
  page: {
    isOne: (match) => /^\/(?:[^*?]*\/)?(?:\*|[^*?]*)$/.test(match),
    lengthMax: pathLengthMax,
    say: 'a path such as /thanks, /product/:id or /docs/*',
  },
  event: { isOne: () => true, lengthMax: nameLengthMax, say: `the name of a custom event` },
  outbound: address(),
  download: address(),
};

function address() {
  return {
    isOne: (match: string) => /^(https?:\/\/[^\s?#*]+\*?|\*)$/.test(match),
    lengthMax: urlLengthMax,
    say: 'an address without query, such as https://partner.example/*',
  };
}

function targetOf(wish: Wish): Target {
  const what = choiceOf(wish, 'what', targetKinds);
  const { isOne, lengthMax, say } = accepted[what];
  const match = typeof wish.match === 'string' ? wish.match.trim() : '';
  if (match === '') missing('match', say);
  return match.length <= lengthMax && isOne(match) && !/[\p{Cc}\p{Cs}]/u.test(match)
    ? { what, match }
    : bad('match', match, `${say}, of at most ${lengthMax} characters`);
}

/** Each entry of a list, read by `read`; what is wrong with one is said with its place. */
function listOf<T>(wish: Wish, name: string, max: number, read: (one: Wish) => T): T[] {
  const list = wish[name];
  if (!Array.isArray(list)) return bad(name, list, 'a list');
  if (list.length > max) throw new ApiError(400, `bad-${name}`, `${name} has ${list.length} entries: at most ${max}`);
  return list.map((one: unknown, index) => {
    try {
      if (typeof one !== 'object' || one === null || Array.isArray(one)) bad(name, one, 'an object');
      return read(one as Wish);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new ApiError(400, `bad-${name}`, `${name}, number ${index + 1}: ${error.message}`);
    }
  });
}

/** What is the same would count twice under one id. */
function assertDifferent<T extends { name: string }>(name: string, all: readonly T[], idOf: (one: T) => string): void {
  const ids = all.map(idOf);
  const again = all.findIndex((_, index) => ids.indexOf(ids[index] ?? '') < index);
  if (again < 0) return;
  const first = all[ids.indexOf(ids[again] ?? '')];
  throw new ApiError(400, `bad-${name}`, `${name} “${first?.name}” and “${all[again]?.name}” are reached by the same`);
}
