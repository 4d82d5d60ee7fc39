/**
 * A session as it is played: which page was before the visitor when, where the pointer rested and clicked, and the stretches in
 * which nothing is known to have happened. Pure.
 *
 * A pointer is known where it rested for 100 ms or more, and where it clicked; the way between is not recorded, and drawn straight.
 */
import { fractionOf } from '../../functions/contract/element-grid.ts';
import type { Device } from '../../functions/contract/record.ts';
import type { SessionAnswer, SessionEvent } from '../../functions/contract/session-answer.ts';
import type { ReplayPage, SessionReplay } from '../../functions/contract/session-replay.ts';

/** A place inside an element's box: `x` and `y` are fractions 0..1 of it. */
export interface ReplaySpot {
  key: string;
  x: number;
  y: number;
}

/** Something that shows where the visitor was: at once, or from `from` to `to`. */
export interface ReplayStep {
  from: number;
  to: number;
  what: SessionEvent['what'] | 'rest';
  load: number;
  path: string;
  spot: ReplaySpot | null;
}

/** A page of a class of devices before the visitor, until the next scene. */
export interface ReplayScene {
  from: number;
  load: number;
  path: string;
  device: Device;
  steps: ReplayStep[];
  /** How much of the page had been seen when, in per cent: told late, by up to half a minute. */
  reached: { at: number; percent: number }[];
}

export interface Replay {
  from: number;
  to: number;
  /** Oldest first; none where nothing is known. */
  scenes: ReplayScene[];
  /** Longer than `quietMsMin`, oldest first. */
  quiet: { from: number; to: number }[];
}

export const quietMsMin = 3_000;
/**
 * A batch is dated by when it was received, so what a page told as it was left may be dated after the view of the page that came next,
 * by as much as their ways to us differed.
 */
const overlapMsMax = 5_000;

/** What is told by the page itself, later than it happened, or as it goes, shows nobody before it. */
const toldLater: readonly string[] = ['scroll', 'engaged', 'hide', 'leave', 'abandon', 'dead'];

/** Begins with the session, as the timeline's clock does. */
export function replayOf(answer: Pick<SessionAnswer, 'events' | 'replay'> & { session: { start: number } }): Replay {
  const { events, replay } = answer;
  const steps = inOrderOfPages([...events.map(eventStep), ...replay.rests.flatMap((rest) => restStep(rest, replay))]);
  const scenes = scenesOf(
    steps.filter(({ what }) => !toldLater.includes(what)),
    replay.pages,
  );
  for (const event of events) {
    if (event.what !== 'scroll' || event.element) continue;
    const scene = scenes.findLast(
      ({ from, load, path }) => from <= event.at && load === event.load && path === event.page,
    );
    scene?.reached.push({ at: event.at, percent: Number(event.value) });
  }
  const from = Math.min(answer.session.start, ...steps.slice(0, 1).map((first) => first.from));
  return { from, to: Math.max(from, ...steps.map(({ to }) => to)), scenes, quiet: quietOf(steps, from) };
}

function eventStep({ at, load, page, what, element }: SessionEvent): ReplayStep {
  const spot =
    element && element.x !== null && element.y !== null ? { key: element.key, x: element.x, y: element.y } : null;
  return { from: at, to: at, what, load, path: page ?? '', spot };
}

function restStep(
  [at, load, element, col, row, restMs]: SessionReplay['rests'][number],
  replay: SessionReplay,
): ReplayStep[] {
  const on = replay.elements[element];
  if (!on) return [];
  const spot = { key: on.key, x: fractionOf(col), y: fractionOf(row) };
  return [{ from: at - restMs, to: at, what: 'rest', load, path: on.path, spot }];
}

/** By time, but that a page has seen all that it did before the one that came next, whenever that was told. */
function inOrderOfPages(steps: readonly ReplayStep[]): ReplayStep[] {
  const views = steps.filter(({ what }) => what === 'view').sort((a, b) => a.from - b.from);
  const left = new Map(steps.filter(({ what }) => what === 'leave').map(({ load, from }) => [load, from]));
  const inOrder = steps.map((step) => {
    const leftAt = left.get(step.load);
    const own = views.findLast(({ load, path, from }) => load === step.load && path === step.path && from <= step.to);
    if (!own || toldLater.includes(step.what)) return step;
    const next = views.find(
      ({ load, from }) =>
        from > own.from && (load === step.load || (leftAt !== undefined && from > leftAt - overlapMsMax)),
    );
    // A pointer that lay still as its page came began to rest there with the page.
    const from = Math.max(step.from, own.from);
    if (!next || next.from > step.to) return { ...step, from };
    const before = next.from - 1;
    return { ...step, from: Math.min(from, before), to: Math.min(step.to, before) };
  });
  return inOrder.sort((a, b) => a.from - b.from);
}

function scenesOf(steps: readonly ReplayStep[], pages: readonly ReplayPage[]): ReplayScene[] {
  const scenes: ReplayScene[] = [];
  for (const step of steps) {
    const { from, load, path } = step;
    let scene = scenes.at(-1);
    const device = deviceOf(step, pages);
    const isNew = step.what === 'view' || load !== scene?.load || path !== scene.path || device !== scene.device;
    if (!scene || isNew) {
      scene = { from, load, path, device, steps: [], reached: [] };
      scenes.push(scene);
    }
    scene.steps.push(step);
  }
  return scenes;
}

/** Of the page's entry that held then; a rest may have begun before its page was first named. */
function deviceOf({ from, load, path }: ReplayStep, pages: readonly ReplayPage[]): Device {
  const same = pages.filter((page) => page.load === load && page.path === path);
  return (same.findLast(({ since }) => since <= from) ?? same[0])?.device ?? 'desktop';
}

function quietOf(steps: readonly ReplayStep[], begin: number): Replay['quiet'] {
  const quiet: Replay['quiet'] = [];
  let busyTo = begin;
  for (const { from, to } of steps) {
    if (from - busyTo > quietMsMin) quiet.push({ from: busyTo, to: from });
    busyTo = Math.max(busyTo, to);
  }
  return quiet;
}
