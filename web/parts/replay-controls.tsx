import { useMemo } from 'react';
import { type ReplayClock, type Speed, speeds } from '../replay-clock.ts';
import { useClock } from '../use-replay.ts';
import type { Replay } from '../view/replay.ts';
import { isClick } from '../view/replay-frame.ts';
import { formatClock } from '../view/session-text.ts';
import { formatSecond } from '../view/time-format.ts';
import { Segmented } from './segmented.tsx';

interface Props {
  replay: Replay;
  clock: ReplayClock;
  zone: string;
}

type SpeedName = `${Speed}`;
const speedNames = speeds.map((speed) => `${speed}` as const);
const speedLabel = Object.fromEntries(speeds.map((speed) => [speed, `${speed}×`])) as Record<SpeedName, string>;
const stepMs = 100;

export function ReplayControls({ replay, clock, zone }: Props) {
  const { at, isPlaying, speed, skipsQuiet } = useClock(clock);
  const lengthMs = replay.to - replay.from;
  const time = `${formatClock(at - replay.from)} of ${formatClock(lengthMs)}`;
  return (
    <div className="replay-controls">
      <Track replay={replay} />
      <input
        type="range"
        min={0}
        max={Math.max(stepMs, lengthMs)}
        step={stepMs}
        value={at - replay.from}
        aria-label="Time"
        aria-valuetext={time}
        data-testid="replay-time"
        onChange={({ target }) => clock.seek(replay.from + Number(target.value))}
      />
      <div className="replay-buttons">
        <button
          type="button"
          className="button button-strong"
          disabled={lengthMs === 0}
          onClick={clock.toggle}
          data-testid="play"
        >
          {isPlaying ? 'Pause' : 'Play'}
        </button>
        <output className="replay-clock">
          {time} <span>{formatSecond(at, zone)}</span>
        </output>
        <Segmented
          label="Speed"
          options={speedNames}
          labels={speedLabel}
          value={`${speed}`}
          onChange={(name) => clock.change({ speed: Number(name) as Speed })}
        />
        <label className="frustrated-only">
          <input
            type="checkbox"
            checked={skipsQuiet}
            onChange={({ target }) => clock.change({ skipsQuiet: target.checked })}
          />
          Skip what is quiet
        </label>
      </div>
      <p className="quiet">
        The pointer is shown where it rested or clicked; the way between is not recorded, and drawn straight. How far
        the page was seen is told up to half a minute late. Keys, with the focus here: space plays, ← → go 5 s, comma
        and full stop to what happened before and next.
      </p>
    </div>
  );
}

/** Along the slider: where pages change, what is quiet, and what was clicked. */
function Track({ replay }: { replay: Replay }) {
  const lengthMs = Math.max(1, replay.to - replay.from);
  const share = (at: number) => `${(100 * (at - replay.from)) / lengthMs}%`;
  const clicks = useMemo(() => replay.scenes.flatMap(({ steps }) => steps.filter(isClick)), [replay]);
  return (
    <svg className="replay-track" aria-hidden="true">
      {replay.quiet.map(({ from, to }) => (
        <rect
          key={from}
          className="replay-quiet"
          x={share(from)}
          width={`${(100 * (to - from)) / lengthMs}%`}
          height="100%"
        />
      ))}
      {replay.scenes.map(({ from }) => (
        <rect key={from} className="replay-page" x={share(from)} width="2" height="100%" />
      ))}
      {clicks.map(({ from, what }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two clicks may be of one instant.
        <circle key={index} className={`replay-mark-${what}`} cx={share(from)} cy="50%" r="3" />
      ))}
    </svg>
  );
}
