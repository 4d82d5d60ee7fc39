import { useEffect } from 'react';
import type { FunnelsAnswer } from '../../functions/contract/funnels-answer.ts';
import { ExportMenu } from '../parts/export-menu.tsx';
import { FunnelCard } from '../parts/funnel-card.tsx';
import { GoalCard } from '../parts/goal-card.tsx';
import { Notice } from '../parts/notice.tsx';
import { TimePicker } from '../parts/time-picker.tsx';
import { formatRoute, type GoalsRoute } from '../route.ts';
import type { Session } from '../session.ts';
import { useAnswer } from '../use-live.ts';
import { goalExports } from '../view/export-choices.ts';
import { type MapRange, mapSpanOf } from '../view/map-range.ts';
import { formatNumbered } from '../view/number-format.ts';
import type { SiteFacts } from './site-facts.ts';

interface Props {
  session: Session;
  site: SiteFacts;
  route: GoalsRoute;
}

const refreshEveryMs = 15_000;

/** How often the site's goals are reached, and how far sessions come in its funnels. */
export function GoalsPage({ session, site, route }: Props) {
  const { range } = route;
  const { value, error, loading } = useAnswer(
    `funnels ${range}`,
    () => session.api.funnels(mapSpanOf(range, Date.now(), site.zone)),
    refreshEveryMs,
  );
  useEffect(() => {
    document.title = `Goals · ${site.name} · SitePulse`;
  }, [site.name]);
  const show = (next: MapRange) => {
    location.hash = formatRoute({ page: 'goals', range: next });
  };
  return (
    <div className="goals-page">
      <h1 className="visually-hidden">Goals: {site.name}</h1>
      <div className="toolbar" role="toolbar" aria-label="What the figures are of">
        <TimePicker range={range} zone={site.zone} onChange={show} />
        {value && (
          <p className="goals-sessions quiet" data-testid="goals-of-sessions">
            {formatNumbered(value.sessions, 'session')}
            {error ? `, not refreshed: ${error.message}` : ''}
          </p>
        )}
        {value && hasSome(value) && (
          <ExportMenu api={session.api} choices={goalExports} span={() => mapSpanOf(range, Date.now(), site.zone)} />
        )}
      </div>
      {value ? <Figures answer={value} loading={loading} mayWrite={site.mayWrite} /> : <Waiting error={error} />}
    </div>
  );
}

function Waiting({ error }: { error: Error | null }) {
  return error ? (
    <Notice title="The goals could not be loaded" tone="error">
      <p>{error.message}</p>
    </Notice>
  ) : (
    <div className="app-loading" role="status" aria-label="Loading" />
  );
}

function Figures({ answer, loading, mayWrite }: { answer: FunnelsAnswer; loading: boolean; mayWrite: boolean }) {
  if (!hasSome(answer)) return <NothingYet mayWrite={mayWrite} />;
  return (
    <div className="goals-grid">
      {answer.goals.length > 0 && (
        <section aria-label="Goals">
          {answer.goals.map((goal) => (
            <GoalCard key={goal.id} goal={goal} answer={answer} loading={loading} />
          ))}
        </section>
      )}
      {answer.funnels.length > 0 && (
        <section aria-label="Funnels">
          {answer.funnels.map((funnel) => (
            <FunnelCard key={funnel.id} funnel={funnel} answer={answer} />
          ))}
        </section>
      )}
    </div>
  );
}

function NothingYet({ mayWrite }: { mayWrite: boolean }) {
  return (
    <Notice title="Nothing is to be reached yet" tone="calm">
      <p>
        A goal is a page, an event, a link out or a download that you want visitors to reach: the page after an order,
        say. A funnel is the way there, step by step, and shows where sessions leave it. Both are counted from the
        moment that they exist.
      </p>
      {mayWrite ? (
        <p>
          <a className="button button-strong" href={formatRoute({ page: 'settings', tab: 'goals' })}>
            Set up goals and funnels
          </a>
        </p>
      ) : (
        <p>Ask an owner of the site to set some up.</p>
      )}
    </Notice>
  );
}

function hasSome({ goals, funnels }: FunnelsAnswer): boolean {
  return goals.length + funnels.length > 0;
}
