import { useEffect, useId, useState } from 'react';

interface Props {
  /** How many frames there are: 1 or more. */
  count: number;
  frame: number;
  /** What the frame is, for the eye and for screen readers. */
  text: string;
  /** Frames in which something happened. */
  marked: readonly number[];
  onFrame: (frame: number) => void;
}

const frameMs = 600;

/** Plays frames, or goes through them: the slider is the browser's own, so arrows, Page keys, Home and End work. */
export function Scrubber({ count, frame, text, marked, onFrame }: Props) {
  const [isPlaying, setPlaying] = useState(false);
  const marks = useId();
  const isAtEnd = frame >= count - 1;
  useEffect(() => {
    if (!isPlaying) return;
    if (isAtEnd) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => onFrame(frame + 1), frameMs);
    return () => clearTimeout(timer);
  }, [isPlaying, isAtEnd, frame, onFrame]);
  const toggle = () => {
    if (!isPlaying && isAtEnd) onFrame(0);
    setPlaying(!isPlaying && count > 1);
  };
  return (
    <div className="scrubber">
      <button type="button" className="button" onClick={toggle} disabled={count < 2} data-testid="play">
        {isPlaying ? 'Pause' : 'Play'}
      </button>
      <input
        type="range"
        min={0}
        max={count - 1}
        step={1}
        value={frame}
        aria-label="Time"
        list={marks}
        aria-valuetext={text}
        data-testid="scrubber"
        onChange={({ target }) => {
          setPlaying(false);
          onFrame(Number(target.value));
        }}
      />
      <datalist id={marks}>
        {marked.map((at) => (
          <option key={at} value={at} />
        ))}
      </datalist>
      <output data-testid="frame">{text}</output>
    </div>
  );
}
