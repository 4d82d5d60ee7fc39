/** What a replay shows at one instant. Pure. */
import type { Replay, ReplayScene, ReplaySpot, ReplayStep } from './replay.ts';

/** A pointer that is known at both ends of a way sets out this long before it arrives. */
const wayMsMax = 600;
/** Rests before the present one that are still drawn, as a trail. */
const trailLength = 8;

export interface ReplayFrame {
  scene: ReplayScene;
  /** Which of the scenes it is. */
  order: number;
  /** Where the pointer is: on its way from one spot to another by `share` 0..1. Null: nobody has pointed here yet. */
  pointer: { from: ReplaySpot; to: ReplaySpot; share: number } | null;
  /** What is to be kept in sight. */
  focus: ReplaySpot | null;
  /** Where it has been before, oldest first. */
  trail: ReplaySpot[];
  /** Clicks and taps that have just happened; `share` 0..1 of the time in which they are shown has passed. */
  clicks: (ReplayStep & { share: number })[];
  /** Seen of the page so far, in per cent; 0: not known. */
  reached: number;
}

/** @param clickMs how long a click is shown, in ms of the session */
export function frameAt({ scenes }: Replay, at: number, clickMs: number): ReplayFrame | null {
  const order = Math.max(
    0,
    scenes.findLastIndex(({ from }) => from <= at),
  );
  const scene = scenes[order];
  if (!scene) return null;
  const pointed = scene.steps.filter(isPointing);
  const now = pointed.findLastIndex(({ from }) => from <= at);
  const past = pointed.slice(Math.max(0, now - trailLength), Math.max(0, now));
  const pointer = pointerAt(pointed[now], pointed[now + 1], at);
  const clicks = scene.steps
    .filter((step) => isClick(step) && step.from <= at && step.from > at - clickMs)
    .map((step) => ({ ...step, share: (at - step.from) / clickMs }));
  const pointedAt = pointer && (pointer.share > 0 ? pointer.to : pointer.from);
  return {
    scene,
    order,
    pointer,
    focus: clicks.at(-1)?.spot ?? pointedAt,
    trail: past.flatMap(({ spot }) => spot ?? []),
    clicks,
    reached: scene.reached.reduce((most, told) => (told.at <= at ? Math.max(most, told.percent) : most), 0),
  };
}

export function isClick({ what }: ReplayStep): boolean {
  return what === 'click' || what === 'tap';
}

/** A finger points at nothing before it taps. */
function isPointing({ what, spot }: ReplayStep): boolean {
  return spot !== null && (what === 'rest' || what === 'click');
}

function pointerAt(here: ReplayStep | undefined, next: ReplayStep | undefined, at: number): ReplayFrame['pointer'] {
  if (!here?.spot) return null;
  const to = next?.spot ?? here.spot;
  const setsOut = next ? Math.max(here.to, next.from - wayMsMax) : Number.POSITIVE_INFINITY;
  const share = next && at > setsOut ? (at - setsOut) / (next.from - setsOut) : 0;
  return { from: here.spot, to, share: Math.min(1, share) };
}

/** The instant `byMs` of played time after `at`; quiet stretches are left out but for their ends, if wanted. */
export function advance(
  { to, quiet }: Pick<Replay, 'to' | 'quiet'>,
  at: number,
  byMs: number,
  skipsQuiet: boolean,
): number {
  const next = at + byMs;
  const skipped = skipsQuiet && quiet.find((one) => next > one.from + quietKeptMs && next < one.to - quietKeptMs);
  return Math.min(to, skipped ? skipped.to - quietKeptMs : next);
}

/** Of each end of a quiet stretch: what has just happened is still seen, and what comes is seen coming. */
const quietKeptMs = 700;

/** The instant of the next thing that happened, or of the one before; `at` where there is none. */
export function stepFrom({ scenes }: Replay, at: number, direction: 1 | -1): number {
  const instants = scenes.flatMap(({ steps }) => steps.filter(({ what }) => what !== 'rest').map(({ from }) => from));
  const found = direction > 0 ? instants.find((one) => one > at) : instants.findLast((one) => one < at - 1);
  return found ?? at;
}
