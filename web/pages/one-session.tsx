import { useEffect, useMemo, useState } from 'react';
import type { SessionAnswer } from '../../functions/contract/session-answer.ts';
import { ApiFault } from '../live/api.ts';
import { BackLink } from '../parts/back-link.tsx';
import { Card } from '../parts/card.tsx';
import { Notice } from '../parts/notice.tsx';
import { ReplayCard } from '../parts/replay-card.tsx';
import { SessionFacts } from '../parts/session-facts.tsx';
import { Timeline } from '../parts/timeline.tsx';
import type { ReplayClock } from '../replay-clock.ts';
import { formatRoute, type SessionsRoute } from '../route.ts';
import type { Session } from '../session.ts';
import { useAnswer } from '../use-live.ts';
import { usePassed, useReplay } from '../use-replay.ts';
import { completeText, isComplete } from '../view/session-text.ts';
import { sessionTimeline } from '../view/session-timeline.ts';
import { formatInstant } from '../view/time-format.ts';
import type { SiteFacts } from './site-facts.ts';

interface Props {
  session: Session;
  site: SiteFacts;
  route: SessionsRoute;
}

/** As long as more may come: the archive is written each five minutes. */
const refreshEveryMs = 30_000;

/** One session: what is known of it, and what happened. */
export function OneSession({ session, site, route }: Props) {
  const [mayGrow, setMayGrow] = useState(true);
  const everyMs = mayGrow ? refreshEveryMs : 0;
  const { value, error } = useAnswer(`session ${route.id}`, () => session.api.session(route.id), everyMs);
  useEffect(() => {
    if (value) setMayGrow(!isComplete(value));
  }, [value]);
  const title = value ? `Session of ${formatInstant(value.session.start, site.zone)}` : 'Session';
  useEffect(() => {
    document.title = `${title} · ${site.name} · SitePulse`;
  }, [title, site.name]);
  return (
    <div className="session-page">
      <BackLink href={formatRoute({ ...route, id: '' })} title="All sessions" />
      <h1 className="visually-hidden">{title}</h1>
      {value && <WhatHappened session={session} answer={value} zone={site.zone} failure={error?.message ?? ''} />}
      {!value && error && <Missing error={error} />}
      {!value && !error && <div className="app-loading" role="status" aria-label="Loading the session" />}
    </div>
  );
}

function Missing({ error }: { error: Error }) {
  const isGone = error instanceof ApiFault && error.status === 404;
  return (
    <Notice
      title={isGone ? 'There is no such session' : 'The session could not be loaded'}
      tone={isGone ? 'calm' : 'error'}
    >
      <p>{error.message}</p>
    </Notice>
  );
}

interface HappenedProps {
  session: Session;
  answer: SessionAnswer;
  zone: string;
  /** Why it is not the newest; '' when it is. */
  failure: string;
}

/** The replay, and the timeline that leads through it. */
function WhatHappened({ session, answer, zone, failure }: HappenedProps) {
  const { replay, clock } = useReplay(answer);
  const facts = <SessionFacts row={answer.session} zone={zone} />;
  if (answer.events.length === 0) {
    return (
      <>
        {facts}
        <Notice title="Nothing of this session has been archived yet" tone="calm">
          <p>The timeline is read from the archive, which is written every five minutes. It appears here by itself.</p>
        </Notice>
      </>
    );
  }
  return (
    <div className="session-columns">
      {facts}
      <ReplayCard session={session} answer={answer} replay={replay} clock={clock} zone={zone} />
      <TimelineCard answer={answer} clock={clock} zone={zone} failure={failure} />
    </div>
  );
}

function TimelineCard({ answer, clock, zone, failure }: Omit<HappenedProps, 'session'> & { clock: ReplayClock }) {
  const [hasHovers, setHasHovers] = useState(false);
  const views = useMemo(() => sessionTimeline(answer.events, hasHovers), [answer.events, hasHovers]);
  const instants = useMemo(
    () => views.flatMap(({ at, lines }) => [at, ...lines.map((line) => line.at)]).sort((a, b) => a - b),
    [views],
  );
  const now = usePassed(clock, instants);
  return (
    <Card
      title="Timeline"
      note={failure ? `not refreshed: ${failure}` : completeText(answer, zone)}
      className="timeline-card"
    >
      {answer.truncated && (
        <p className="timeline-cut" role="note">
          This session has more events than are told at once: these are the first of them.
        </p>
      )}
      <label className="timeline-hovers">
        <input type="checkbox" checked={hasHovers} onChange={({ target }) => setHasHovers(target.checked)} />
        Hovers, too
      </label>
      <Timeline views={views} start={answer.session.start} zone={zone} now={now} onSeek={clock.seek} />
    </Card>
  );
}
