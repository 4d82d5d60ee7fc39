import { useEffect } from 'react';
import { otherValue } from '../../functions/contract/counter.ts';
import type { Span } from '../live/api.ts';
import { Card } from '../parts/card.tsx';
import { ExportMenu } from '../parts/export-menu.tsx';
import { LeavingCard } from '../parts/leaving-card.tsx';
import { Notice } from '../parts/notice.tsx';
import { PagePicker } from '../parts/page-picker.tsx';
import { PathFlow } from '../parts/path-flow.tsx';
import { TimePicker } from '../parts/time-picker.tsx';
import { TransitionTable } from '../parts/transition-table.tsx';
import { formatRoute, type PathsRoute } from '../route.ts';
import type { Session } from '../session.ts';
import { useAnswer } from '../use-live.ts';
import { pathExports } from '../view/export-choices.ts';
import { mapSpanOf } from '../view/map-range.ts';
import type { SiteFacts } from './site-facts.ts';

interface Props {
  session: Session;
  site: SiteFacts;
  route: PathsRoute;
}

const refreshEveryMs = 15_000;
/** They are read of all pages, and change less. */
const stepsRefreshEveryMs = 60_000;
/** Neighbours shown on each side of the page, and rows of the table at most. */
const neighboursMax = 8;
const stepsMax = 200;

/** Which way visitors go: what comes before a page and what after, and the commonest steps of the site. */
export function PathsPage({ session, site, route }: Props) {
  const { path, range } = route;
  const span = () => mapSpanOf(range, Date.now(), site.zone);
  const { value: pages, error } = useAnswer(`pages ${range}`, () => session.api.pages(span()), refreshEveryMs);
  const first = pages?.rows.find((page) => page.path !== otherValue)?.path;
  useEffect(() => {
    document.title = `Paths of ${path || site.name} · SitePulse`;
  }, [path, site.name]);
  useEffect(() => {
    if (path === '' && first) location.replace(formatRoute({ ...route, path: first }));
  }, [route, path, first]);
  const go = (next: PathsRoute) => {
    location.hash = formatRoute(next);
  };
  return (
    <div className="paths-page">
      <h1 className="visually-hidden">Paths: {path || site.name}</h1>
      <div className="toolbar" role="toolbar" aria-label="Which paths are shown">
        <PagePicker path={path} pages={pages?.rows ?? null} onChange={(next) => go({ ...route, path: next })} />
        <TimePicker range={range} zone={site.zone} onChange={(next) => go({ ...route, range: next })} />
        {path !== '' && <ExportMenu api={session.api} choices={pathExports(path)} span={span} />}
      </div>
      {error && !pages && <Unloaded what="pages" error={error} />}
      {pages && pages.rows.length === 0 && path === '' && (
        <Notice title="No pages in this time" tone="calm">
          <p>A page appears here with its first view. Choose a longer time, or open a page that has the snippet.</p>
        </Notice>
      )}
      {path !== '' && (
        <>
          <Neighbours session={session} route={route} span={span} />
          <Leaving session={session} route={route} span={span} />
          <Steps session={session} route={route} span={span} />
        </>
      )}
    </div>
  );
}

function Unloaded({ what, error }: { what: string; error: Error }) {
  return (
    <Notice title={`The ${what} could not be loaded`} tone="error">
      <p>{error.message}</p>
    </Notice>
  );
}

interface PartProps {
  session: Session;
  route: PathsRoute;
  span: () => Span;
}

/** A page whose neighbours are not there yet keeps its room, so that walking moves nothing below it. */
function Neighbours({ session, route, span }: PartProps) {
  const { path, range } = route;
  const { value, error } = useAnswer(
    `paths ${path} ${range}`,
    () => session.api.transitions(span(), neighboursMax, path),
    refreshEveryMs,
  );
  if (error && !value) return <Unloaded what="paths" error={error} />;
  const page = value?.page;
  return (
    <Card
      title="Before and after"
      note={error ? `not refreshed: ${error.message}` : 'percentages are of the page’s views'}
      className="paths-card"
    >
      {!page && <div className="app-loading" role="status" aria-label="Loading the paths" />}
      {page?.pageViews === 0 && <p className="quiet">{path} was not viewed in this time.</p>}
      {page && page.pageViews > 0 && (
        <>
          <PathFlow page={page} hrefOf={(next) => formatRoute({ ...route, path: next })} />
          <p className="quiet path-note">
            A session is entered by its first view and left by its last. Who opens several tabs from one view goes to
            several pages; a link out that is opened in the same window also ends the session.
          </p>
        </>
      )}
    </Card>
  );
}

function Leaving({ session, route, span }: PartProps) {
  const { value, error } = useAnswer(`leaving ${route.range}`, () => session.api.leaving(span()), stepsRefreshEveryMs);
  if (value) return <LeavingCard answer={value} path={route.path} failure={error?.message ?? ''} />;
  return error ? (
    <Unloaded what="figures of leaving" error={error} />
  ) : (
    <div className="app-loading" role="status" aria-label="Loading what precedes leaving" />
  );
}

function Steps({ session, route, span }: PartProps) {
  const { value, error } = useAnswer(
    `steps ${route.range}`,
    () => session.api.transitions(span(), stepsMax),
    stepsRefreshEveryMs,
  );
  if (value) return <TransitionTable answer={value} hrefOf={(path) => formatRoute({ ...route, path })} />;
  return error ? (
    <Unloaded what="commonest steps" error={error} />
  ) : (
    <div className="app-loading" role="status" aria-label="Loading the steps" />
  );
}
