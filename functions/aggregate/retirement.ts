/**
 * Which loads a state holds. Behind one address with one kind of device (a school, an office) many people are one visitor with
 * many loads at once: the least recently active ones are then kept with their claims, whole, and brought back when met again.
 */

import { isTooLarge } from './state-size.ts';
import { shortened } from './trail.ts';
import { type LoadState, loadsHeldMax, rememberedMs, seenCharactersMax, type VisitorState } from './visitor-state.ts';
import { formatLoadState, parseLoadState } from './visitor-state-text.ts';

/** A load that the state lets go of; `text` must be kept until the load is met again. */
export interface RetiredLoad {
  load: string;
  text: string;
}

/** The load at hand, put last; `retired`: what its claim kept of it, if anything. */
export function takeLoad(draft: VisitorState, load: string, retired: string | null): LoadState {
  const held = draft.loads.find((one) => one.load === load);
  const state = held ?? broughtBack(draft, retired) ?? newLoad(load);
  draft.loads = [...draft.loads.filter((one) => one !== state), state];
  state.touched = Math.floor(draft.newest / 1000);
  return state;
}

/** Lets go of what the bounds leave no room for: never the last load, which is the one at hand. */
export function retireLoads(draft: VisitorState): RetiredLoad[] {
  const retired: RetiredLoad[] = [];
  while (draft.loads.length > 1 && holdsTooMuch(draft)) {
    const [oldest, ...rest] = draft.loads;
    if (!oldest) break;
    retired.push({ load: oldest.load, text: formatLoadState(oldest) });
    draft.loads = rest;
  }
  // With one load left it may still be too much, if somebody has made it so.
  if (isTooLarge(draft)) draft.trail = shortened(draft.trail);
  return retired;
}

export function forgetLoads(draft: VisitorState): void {
  draft.loads = draft.loads.filter(({ touched }) => isRemembered(draft, touched));
}

function broughtBack(draft: VisitorState, retired: string | null): LoadState | null {
  if (retired === null) return null;
  const load = parseLoadState(retired);
  return isRemembered(draft, load.touched) ? load : null;
}

/** Judged by the records' own time: whether the store has deleted something yet depends on the attempt. */
function isRemembered({ newest }: VisitorState, touchedSeconds: number): boolean {
  return touchedSeconds * 1000 + 1000 > newest - rememberedMs;
}

function holdsTooMuch(draft: VisitorState): boolean {
  return draft.loads.length > loadsHeldMax || seenCharacters(draft) > seenCharactersMax || isTooLarge(draft);
}

function seenCharacters({ loads }: VisitorState): number {
  return loads.reduce((sum, { seen }) => sum + seen.length, 0);
}

function newLoad(load: string): LoadState {
  return {
    load,
    touched: 0,
    seen: '',
    pageId: '',
    pageOrder: -1,
    viewOrder: -1,
    viewPage: '',
    viewDay: 0,
    visible: true,
    visibleOrder: -1,
    sign: 0,
    placed: false,
  };
}
