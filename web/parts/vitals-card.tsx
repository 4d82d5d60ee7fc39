import { useState } from 'react';
import { type Device, devices } from '../../functions/contract/record.ts';
import { type Vital, vitals } from '../../functions/contract/vital.ts';
import type { PageVitals, VitalFigures, VitalsAnswer } from '../../functions/contract/vitals-answer.ts';
import { formatRoute } from '../route.ts';
import type { Session } from '../session.ts';
import { useAnswer } from '../use-live.ts';
import { type DateRange, dateRangeLabel, spanOf } from '../view/date-range.ts';
import { formatNumbered, formatShare, formatWhole } from '../view/number-format.ts';
import {
  formatVital,
  type Rating,
  ratingOf,
  ratingSign,
  ratingText,
  thresholdText,
  vitalText,
} from '../view/vital-text.ts';
import { Card } from './card.tsx';
import { Segmented } from './segmented.tsx';

interface Props {
  session: Session;
  zone: string;
  range: DateRange;
  mayWrite: boolean;
}

const refreshEveryMs = 60_000;
const pagesShownMax = 10;
const choices = ['all', ...devices] as const;
const choiceText: Record<(typeof choices)[number], string> = {
  all: 'All',
  desktop: 'Desktop',
  tablet: 'Tablet',
  mobile: 'Mobile',
};

/** How fast and how steady pages were for their visitors: of the whole site, and page by page. */
export function VitalsCard({ session, zone, range, mayWrite }: Props) {
  const [device, setDevice] = useState<'all' | Device>('all');
  const { value, error } = useAnswer(
    `vitals ${range} ${device}`,
    () => session.api.vitals(spanOf(range, Date.now(), zone), device === 'all' ? null : device),
    refreshEveryMs,
  );
  const isEmpty = value !== null && vitals.every((vital) => value[vital].loads === 0);
  return (
    <Card
      title="Web Vitals"
      note={`75th percentile: three of four loads were no worse · ${dateRangeLabel[range].toLowerCase()}${error && value ? ` · not refreshed: ${error.message}` : ''}`}
      className="vitals-card"
      action={
        <Segmented label="Device class" options={choices} labels={choiceText} value={device} onChange={setDevice} />
      }
    >
      {value === null && <p className="quiet">{error ? `They could not be loaded: ${error.message}` : 'Loading …'}</p>}
      {isEmpty && <NoVitals mayWrite={mayWrite} isOfDevice={device !== 'all'} />}
      {value !== null && !isEmpty && <Figures answer={value} range={range} device={device} />}
    </Card>
  );
}

function NoVitals({ mayWrite, isOfDevice }: { mayWrite: boolean; isOfDevice: boolean }) {
  return (
    <p className="quiet" data-testid="no-vitals">
      No load has told any in this time{isOfDevice ? ', on this device class' : ''}. Pages measure them where the
      snippet’s tag has <code>data-vitals</code>
      {mayWrite && (
        <>
          : see <a href={formatRoute({ page: 'settings', tab: 'embed' })}>Embed</a>
        </>
      )}
      . A load tells its own when it is first hidden or left.
    </p>
  );
}

function Figures({ answer, range, device }: { answer: VitalsAnswer; range: DateRange; device: 'all' | Device }) {
  const hrefOf = (path: string) =>
    formatRoute({
      page: 'heatmap',
      path,
      device: device === 'all' ? 'desktop' : device,
      layer: 'click',
      scaleEnd: null,
      range,
    });
  return (
    <>
      <div className="vitals-grid">
        {vitals.map((vital) => (
          <OneVital key={vital} vital={vital} figures={answer[vital]} />
        ))}
      </div>
      {answer.pages.length > 0 && <PageTable pages={answer.pages} hrefOf={hrefOf} />}
      <p className="quiet vitals-note">
        Counted in buckets, so a percentile is interpolated. A load counts for the page that it began with; what it
        shows later is part of it.
      </p>
    </>
  );
}

function OneVital({ vital, figures }: { vital: Vital; figures: VitalFigures }) {
  const { loads, good, needsImprovement, poor, p75 } = figures;
  const { short, name, says } = vitalText[vital];
  const parts: [Rating, number][] = [
    ['good', good],
    ['fair', needsImprovement],
    ['poor', poor],
  ];
  return (
    <section className="vital" aria-label={name} data-testid={`vital-${vital}`}>
      <h3>
        <abbr title={name}>{short}</abbr> <span className="quiet">{says}</span>
      </h3>
      <p className="vital-value">
        {p75 === null ? '–' : formatVital(vital, p75)} {p75 !== null && <RatingMark rating={ratingOf(vital, p75)} />}
      </p>
      <div className="vital-bar" aria-hidden="true">
        {parts.map(([rating, count]) => (
          <span key={rating} className={`is-${rating}`} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className="vital-parts">
        {parts.map(([rating, count]) => (
          <li key={rating} title={formatNumbered(count, 'load')}>
            <span className={`vital-sign is-${rating}`} aria-hidden="true">
              {ratingSign[rating]}
            </span>{' '}
            {formatShare(count, loads)} {ratingText[rating].toLowerCase()}
          </li>
        ))}
      </ul>
      <p className="quiet">
        {formatNumbered(loads, 'load')} · {thresholdText(vital)}
      </p>
    </section>
  );
}

function RatingMark({ rating }: { rating: Rating }) {
  return (
    <span className={`vital-rating is-${rating}`}>
      <span aria-hidden="true">{ratingSign[rating]}</span> {ratingText[rating]}
    </span>
  );
}

function PageTable({ pages, hrefOf }: { pages: readonly PageVitals[]; hrefOf: (path: string) => string }) {
  const shown = pages.slice(0, pagesShownMax);
  return (
    <>
      <div className="table-scroll">
        <table className="plain-table" data-testid="vitals-table">
          <thead>
            <tr>
              <th scope="col">Page</th>
              {vitals.map((vital) => (
                <th scope="col" key={vital} className="is-number">
                  <abbr title={vitalText[vital].name}>{vitalText[vital].short}</abbr>
                </th>
              ))}
              <th scope="col" className="is-number">
                Loads
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((page) => (
              <tr key={page.path}>
                <td title={page.title || page.path}>
                  <a href={hrefOf(page.path)}>{page.path}</a>
                </td>
                {vitals.map((vital) => (
                  <VitalCell key={vital} vital={vital} figures={page[vital]} />
                ))}
                <td className="is-number">{formatWhole(Math.max(...vitals.map((vital) => page[vital].loads)))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages.length > shown.length && (
        <p className="quiet">and {formatNumbered(pages.length - shown.length, 'page')} more: export them</p>
      )}
    </>
  );
}

function VitalCell({ vital, figures: { p75, loads } }: { vital: Vital; figures: VitalFigures }) {
  if (p75 === null) return <td className="is-number">–</td>;
  const rating = ratingOf(vital, p75);
  return (
    <td className="is-number" title={`${ratingText[rating]}, of ${formatNumbered(loads, 'load')}`}>
      {formatVital(vital, p75)}{' '}
      <span className={`vital-sign is-${rating}`} aria-hidden="true">
        {ratingSign[rating]}
      </span>
      <span className="visually-hidden">{ratingText[rating]}</span>
    </td>
  );
}
