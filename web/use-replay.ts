/** Where React meets a replay: its clock, and the pages that it shows. */
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { HeatmapAnswer } from '../functions/contract/answer.ts';
import type { SessionAnswer } from '../functions/contract/session-answer.ts';
import { type ClockState, createReplayClock, type ReplayClock } from './replay-clock.ts';
import type { Session } from './session.ts';
import { type Replay, type ReplayScene, replayOf } from './view/replay.ts';
import { pictureOf } from './view/replay-place.ts';

/** Whoever wants stillness sees where the pointer was, not how it went: four pictures a second. */
const stillFrameMs = 250;

export function wantsStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

export function useReplay(answer: SessionAnswer): { replay: Replay; clock: ReplayClock } {
  const replay = useMemo(() => replayOf(answer), [answer]);
  const [clock] = useState(() =>
    createReplayClock(replay, {
      now: () => performance.now(),
      nextFrame: (run) => {
        if (wantsStillness()) setTimeout(run, stillFrameMs);
        else requestAnimationFrame(run);
      },
    }),
  );
  useEffect(() => {
    clock.extend(replay);
  }, [clock, replay]);
  useEffect(() => () => clock.pause(), [clock]);
  return { replay, clock };
}

export function useClock(clock: ReplayClock): ClockState {
  return useSyncExternalStore(clock.subscribe, clock.getSnapshot);
}

/** The last of `instants` (in order) that the clock has passed; −∞ before the first. Changes only when another one is passed. */
export function usePassed(clock: ReplayClock, instants: readonly number[]): number {
  const passed = () => instants.findLast((at) => at <= clock.getSnapshot().at) ?? Number.NEGATIVE_INFINITY;
  return useSyncExternalStore(clock.subscribe, passed);
}

/** What a scene is drawn on. */
export interface ScenePage {
  heatmap: HeatmapAnswer | null;
  /** Object URL; '' where there is no picture. */
  picture: string;
  /** Why there is none though one was taken; '' otherwise. */
  failure: string;
}

/** The page of scene `order`, null while it loads. The next one is loaded, too, so that playing goes on without a stop. */
export function useScenePage(
  session: Session,
  row: SessionAnswer['session'],
  replay: Replay,
  order: number,
): ScenePage | null {
  const [pages, setPages] = useState<ReadonlyMap<string, ScenePage>>(new Map());
  const asked = useRef(new Set<string>());
  const pictures = useRef<string[]>([]);
  const [scene, next] = replay.scenes.slice(order, order + 2);
  const span = { from: row.start, to: row.last + 1 };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page is asked for once, whatever its scene has become since.
  useEffect(() => {
    for (const one of [scene, next]) {
      if (!one || asked.current.has(nameOf(one))) continue;
      asked.current.add(nameOf(one));
      loadPage(session, span, one).then((page) => {
        pictures.current.push(page.picture);
        setPages((before) => new Map(before).set(nameOf(one), page));
      });
    }
  }, [scene && nameOf(scene), next && nameOf(next)]);
  useEffect(() => () => pictures.current.forEach(URL.revokeObjectURL), []);
  return (scene && pages.get(nameOf(scene))) ?? null;
}

const nameOf = ({ device, path }: ReplayScene) => `${device} ${path}`;

/** Without the answer, boxes of the session itself stand for the page. */
async function loadPage(
  { api }: Session,
  span: { from: number; to: number },
  { path, device }: ReplayScene,
): Promise<ScenePage> {
  let heatmap: HeatmapAnswer | null = null;
  try {
    heatmap = await api.heatmap(span, { path, device }, 'click');
    const image = pictureOf(heatmap)?.image;
    return { heatmap, picture: image ? URL.createObjectURL(await api.picture(image)) : '', failure: '' };
  } catch (fault) {
    return { heatmap, picture: '', failure: fault instanceof Error ? fault.message : String(fault) };
  }
}
