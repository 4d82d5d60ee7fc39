import { useEffect } from 'react';
import { dayStart, localDay } from '../../functions/contract/time-unit.ts';
import type { TrendsAnswer } from '../../functions/contract/trends-answer.ts';
import { ExportMenu } from '../parts/export-menu.tsx';
import { Notice } from '../parts/notice.tsx';
import { PagePicker } from '../parts/page-picker.tsx';
import { TimePicker } from '../parts/time-picker.tsx';
import { TrendCard } from '../parts/trend-card.tsx';
import { formatRoute, type TrendsRoute } from '../route.ts';
import type { Session } from '../session.ts';
import { useAnswer } from '../use-live.ts';
import { trendExports } from '../view/export-choices.ts';
import { mapSpanOf } from '../view/map-range.ts';
import { comparedText, trendsOf } from '../view/trends.ts';
import type { SiteFacts } from './site-facts.ts';

interface Props {
  session: Session;
  site: SiteFacts;
  route: TrendsRoute;
}

const refreshEveryMs = 60_000;

/** How visits were, day by day, beside as many days before: of the site, or of one page. */
export function TrendsPage({ session, site, route }: Props) {
  const { path, range } = route;
  const span = () => mapSpanOf(range, Date.now(), site.zone);
  const pages = useAnswer(`pages ${range}`, () => session.api.pages(span()), refreshEveryMs);
  const trends = useAnswer(`trends ${path} ${range}`, () => session.api.trends(span(), path), refreshEveryMs);
  useEffect(() => {
    document.title = `Trends of ${path || site.name} · SitePulse`;
  }, [path, site.name]);
  const go = (next: TrendsRoute) => {
    location.hash = formatRoute(next);
  };
  return (
    <div className="trends-page">
      <h1 className="visually-hidden">Trends: {path || site.name}</h1>
      <div className="toolbar" role="toolbar" aria-label="Which trends are shown">
        <PagePicker
          path={path}
          pages={pages.value?.rows ?? null}
          all="Whole site"
          onChange={(next) => go({ ...route, path: next })}
        />
        <TimePicker range={range} zone={site.zone} onChange={(next) => go({ ...route, range: next })} />
        <ExportMenu api={session.api} choices={trendExports(path)} span={span} />
      </div>
      {trends.error && !trends.value && (
        <Notice title="The trends could not be loaded" tone="error">
          <p>{trends.error.message}</p>
        </Notice>
      )}
      {trends.loading && <div className="app-loading" role="status" aria-label="Loading the trends" />}
      {trends.value && <Measures answer={trends.value} failure={trends.error?.message ?? ''} />}
    </div>
  );
}

function Measures({ answer, failure }: { answer: TrendsAnswer; failure: string }) {
  const { days, from, zone, path, complete } = answer;
  if (days.every(({ at, pageViews }) => at < from || pageViews === 0)) {
    return (
      <Notice title="No views in this time" tone="calm">
        <p>{path ?? 'The site'} was not viewed in these days. Choose a longer time, or another page.</p>
      </Notice>
    );
  }
  const today = dayStart(localDay(Date.now(), zone), zone);
  return (
    <>
      <p className="trends-note quiet">
        {failure ? `Not refreshed: ${failure}. ` : ''}
        {comparedText(answer)} A sentence stands where the change is more than chance explains; where none stands, it
        may be chance, or there is too little to tell.
        {!complete &&
          ' The page had more elements than are counted one by one: rage, dead clicks and hesitations may be more.'}
      </p>
      <div className="trends-grid">
        {trendsOf(answer).map((trend) => (
          <TrendCard key={trend.measure.name} trend={trend} zone={zone} today={today} />
        ))}
      </div>
    </>
  );
}
