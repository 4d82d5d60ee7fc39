import { type KeyboardEvent, useMemo } from 'react';
import type { SessionAnswer } from '../../functions/contract/session-answer.ts';
import type { ReplayClock } from '../replay-clock.ts';
import type { Session } from '../session.ts';
import { useClock, useScenePage } from '../use-replay.ts';
import { formatNumbered, formatWhole } from '../view/number-format.ts';
import type { Replay } from '../view/replay.ts';
import { frameAt, type ReplayFrame } from '../view/replay-frame.ts';
import { replayKey } from '../view/replay-key.ts';
import { pictureOf, placedCounts, replaySurface } from '../view/replay-place.ts';
import { NoPicture } from './no-picture.tsx';
import { ReplayControls } from './replay-controls.tsx';
import { ReplayStage } from './replay-stage.tsx';

interface Props {
  session: Session;
  answer: SessionAnswer;
  replay: Replay;
  clock: ReplayClock;
  zone: string;
}

/** A click is seen for so long, whatever the speed. */
const clickMs = 900;

/** The session, played over the pages that it was on. */
export function ReplayCard({ session, answer, replay, clock, zone }: Props) {
  const { at, speed } = useClock(clock);
  const frame = frameAt(replay, at, clickMs * speed);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const wish = replayKey(event.key, event.target, replay, at);
    if (!wish) return;
    event.preventDefault();
    if (wish === 'toggle') clock.toggle();
    else clock.seek(wish.seek);
  };
  return (
    <section className="card surface-card replay-card" aria-label="Replay" onKeyDown={onKeyDown}>
      {frame && <Scene session={session} answer={answer} replay={replay} frame={frame} />}
      <ReplayControls replay={replay} clock={clock} zone={zone} />
    </section>
  );
}

interface SceneProps {
  session: Session;
  answer: SessionAnswer;
  replay: Replay;
  frame: ReplayFrame;
}

function Scene({ session, answer, replay, frame }: SceneProps) {
  const { scene, order } = frame;
  const page = useScenePage(session, answer.session, replay, order);
  const surface = useMemo(
    () => replaySurface(scene, answer.replay, page?.heatmap ?? null),
    [scene, answer.replay, page],
  );
  const placed = useMemo(() => placedCounts(surface, scene), [surface, scene]);
  const capture = page?.heatmap?.capture ?? null;
  const notes = [
    `${formatNumbered(placed.exact, 'place')} exact`,
    ...(placed.fallback > 0 ? [`${formatWhole(placed.fallback)} where the visitor saw the element`] : []),
    ...(placed.none > 0 ? [`${formatWhole(placed.none)} without a place`] : []),
  ];
  return (
    <>
      <header className="surface-head">
        <p className="placed">
          <strong>{scene.path}</strong>{' '}
          <span className="replay-count">
            page {order + 1} of {replay.scenes.length}
          </span>
          <span>{page ? notes.join(' · ') : 'Loading the page …'}</span>
        </p>
        {page?.failure && <p className="picture-failure">The page’s picture could not be loaded: {page.failure}</p>}
      </header>
      {page && !pictureOf(page.heatmap) && (
        <NoPicture failure={capture && 'error' in capture ? capture : null} mayWrite={false} />
      )}
      <ReplayStage surface={surface} picture={page?.picture ?? ''} isLoading={!page} frame={frame} />
    </>
  );
}
