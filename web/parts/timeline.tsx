import { memo, useEffect, useRef } from 'react';
import { formatDuration } from '../view/number-format.ts';
import { formatClock } from '../view/session-text.ts';
import type { TimelineLine, TimelineView } from '../view/session-timeline.ts';
import { formatSecond } from '../view/time-format.ts';

interface Props {
  views: readonly TimelineView[];
  /** Of the session: times are told since then. */
  start: number;
  zone: string;
  /** The instant of the line that the replay is at. */
  now: number;
  /** Leads the replay there. */
  onSeek: (at: number) => void;
}

/** What happened, by page view. */
export const Timeline = memo(function Timeline({ views, now, ...when }: Props) {
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another line is reached.
  useEffect(() => {
    const line = list.current?.querySelector<HTMLElement>('.is-now');
    if (!line || !list.current) return;
    // Only the list scrolls, where it does; the window is the reader's.
    const top = line.offsetTop - list.current.offsetTop - list.current.clientHeight / 2;
    list.current.scrollTop = top;
  }, [now]);
  return (
    <ol className="timeline" data-testid="timeline" ref={list}>
      {views.map((view) => (
        <li key={`${view.load} ${view.order}`}>
          {view.gapMs > 0 && <Gap ms={view.gapMs} />}
          <h3 className={view.at === now ? 'is-now' : ''}>
            <When at={view.at} {...when} />
            <span className="timeline-path">{view.path}</span>
          </h3>
          <p className="timeline-about">{aboutText(view)}</p>
          <ol>
            {view.lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added at the end.
              <Line key={index} line={line} isNow={line.at === now} {...when} />
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
});

type WhenProps = Pick<Props, 'start' | 'zone' | 'onSeek'>;

function aboutText({ title, engagedMs, reached, isBeside }: TimelineView): string {
  const told = [
    title,
    engagedMs > 0 ? `${formatDuration(engagedMs)} active` : '',
    reached > 0 ? `${reached}% seen` : '',
    isBeside ? 'beside another tab' : '',
  ];
  return told.filter(Boolean).join(' · ');
}

function Line({ line, isNow, ...when }: WhenProps & { line: TimelineLine; isNow: boolean }) {
  return (
    <li className={`timeline-${line.event.what}`}>
      {line.gapMs > 0 && <Gap ms={line.gapMs} />}
      <p className={`timeline-line ${isNow ? 'is-now' : ''}`}>
        <When at={line.at} {...when} />
        <span className="timeline-mark" aria-hidden="true" />
        <span>{line.text}</span>
      </p>
    </li>
  );
}

function When({ at, start, zone, onSeek }: WhenProps & { at: number }) {
  return (
    <button type="button" className="timeline-at" title="Show it in the replay" onClick={() => onSeek(at)}>
      <time dateTime={new Date(at).toISOString()}>
        {formatClock(at - start)} <span>{formatSecond(at, zone)}</span>
      </time>
    </button>
  );
}

function Gap({ ms }: { ms: number }) {
  return <p className="timeline-gap">{formatDuration(ms)} later</p>;
}
