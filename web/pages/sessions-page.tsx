import { useEffect } from 'react';
import { ExportMenu } from '../parts/export-menu.tsx';
import { Notice } from '../parts/notice.tsx';
import { SessionTable } from '../parts/session-table.tsx';
import { SessionToolbar } from '../parts/session-toolbar.tsx';
import { formatRoute, type SessionsRoute } from '../route.ts';
import type { Session } from '../session.ts';
import { useAnswer } from '../use-live.ts';
import { useOutlook } from '../use-outlook.ts';
import { type Sessions, useSessions } from '../use-sessions.ts';
import { sessionExports } from '../view/export-choices.ts';
import { mapSpanOf } from '../view/map-range.ts';
import { formatSessionFilter, noFilter } from '../view/session-filter.ts';
import { OneSession } from './one-session.tsx';
import type { SiteFacts } from './site-facts.ts';

interface Props {
  session: Session;
  site: SiteFacts;
  route: SessionsRoute;
}

/** Who was there, newest first; or one of them. */
export function SessionsPage(props: Props) {
  const { route } = props;
  return route.id ? <OneSession key={route.id} {...props} /> : <SessionList {...props} />;
}

const choicesEveryMs = 60_000;

function SessionList({ session, site, route }: Props) {
  const { filter } = route;
  const sessions = useSessions(session, site, filter);
  const { value: choices } = useAnswer(
    `session choices ${filter.range}`,
    () => loadChoices(session, mapSpanOf(filter.range, Date.now(), site.zone)),
    choicesEveryMs,
  );
  useEffect(() => {
    document.title = `Sessions · ${site.name} · SitePulse`;
  }, [site.name]);
  return (
    <div className="sessions-page">
      <h1 className="visually-hidden">Sessions: {site.name}</h1>
      <SessionToolbar
        filter={filter}
        pages={choices?.pages ?? []}
        countries={choices?.countries ?? []}
        zone={site.zone}
        onChange={(next) => {
          location.hash = formatRoute({ ...route, filter: next });
        }}
      >
        <ExportMenu
          api={session.api}
          choices={sessionExports(filter)}
          span={() => mapSpanOf(filter.range, Date.now(), site.zone)}
        />
      </SessionToolbar>
      <Found sessions={sessions} session={session} zone={site.zone} route={route} />
    </div>
  );
}

interface FoundProps {
  session: Session;
  sessions: Sessions;
  zone: string;
  route: SessionsRoute;
}

function Found({ session, sessions, zone, route }: FoundProps) {
  const { list, failure, isLoadingOlder, loadOlder } = sessions;
  const outlook = useOutlook(session, zone, list?.rows ?? []);
  if (!list) {
    return failure ? (
      <Notice title="The sessions could not be loaded" tone="error">
        <p>{failure}</p>
      </Notice>
    ) : (
      <div className="app-loading" role="status" aria-label="Loading the sessions" />
    );
  }
  const isFiltered =
    formatSessionFilter(route.filter) !== formatSessionFilter({ ...noFilter, range: route.filter.range });
  return (
    <>
      {list.rows.length > 0 ? (
        <SessionTable
          rows={list.rows}
          zone={zone}
          failure={failure}
          hrefOf={(id) => formatRoute({ ...route, id })}
          outlookOf={outlook}
        />
      ) : (
        <Notice title={list.next ? 'None so far' : 'No sessions in this time'} tone="calm">
          <p>
            {list.next
              ? 'None of the newest sessions is of this kind. Older ones have not been looked at yet.'
              : isFiltered
                ? 'No session of this time is of this kind.'
                : 'A session appears here with its first page view. Choose a longer time, or open a page that has the snippet.'}
          </p>
          {isFiltered && (
            <a className="button" href={formatRoute({ ...route, filter: { ...noFilter, range: route.filter.range } })}>
              Show all sessions
            </a>
          )}
        </Notice>
      )}
      {list.next && (
        <button type="button" className="button more-sessions" onClick={loadOlder} disabled={isLoadingOlder}>
          {isLoadingOlder ? 'Loading …' : 'Load older sessions'}
        </button>
      )}
    </>
  );
}

/** What there is to choose from: pages and countries of the range, most viewed first. */
async function loadChoices({ api }: Session, span: { from: number; to: number }) {
  const [pages, countries] = await Promise.all([api.pages(span), api.breakdown(span, 'country')]);
  return { pages: pages.rows.map(({ path }) => path), countries: countries.rows.map(({ value }) => value) };
}
