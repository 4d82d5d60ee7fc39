import { useMemo } from 'react';
import type { Session } from '../session.ts';
import { useLive } from '../use-live.ts';
import { liveView } from '../view/live-view.ts';
import { formatNumbered } from '../view/number-format.ts';
import { formatSecond } from '../view/time-format.ts';

/** Waits for the first event of a site, and says when it is there: what the processor has counted, not what a page believes to have sent. */
export function FirstEvent({ session, zone }: { session: Session; zone: string }) {
  const live = useLive(session.store);
  const view = useMemo(() => liveView(live.items.values(), live.asOf, zone), [live, zone]);
  const newest = live.feed[0];
  const views = view.today.pageViews;
  const isReceived = newest !== undefined || views > 0;
  return (
    <p
      className={isReceived ? 'first-event is-received' : 'first-event'}
      data-testid="first-event"
      data-received={isReceived}
      role="status"
    >
      <span className="first-event-dot" aria-hidden="true" />
      {isReceived
        ? `Received: ${views > 0 ? `${formatNumbered(views, 'page view')} today` : `a visit of ${newest?.path}`}${newest ? `, the last event at ${formatSecond(newest.at, zone)}` : ''}.`
        : live.complete
          ? 'Waiting for the first event: open one of your pages.'
          : 'Looking for events …'}
    </p>
  );
}
