import { useState } from 'react';
import { localDay } from '../../functions/contract/time-unit.ts';
import type { SiteFacts } from '../pages/site-facts.ts';
import { formatRoute, type HeatmapRoute } from '../route.ts';
import type { Session } from '../session.ts';
import { useCompared } from '../use-compared.ts';
import { useAnswer } from '../use-live.ts';
import { type Comparison, comparisons, sidesOf, uncutMarkers } from '../view/compare-sides.ts';
import { type DaySpan, mapSpanOf } from '../view/map-range.ts';
import { formatInstant } from '../view/time-format.ts';
import { CompareList } from './compare-list.tsx';
import { CompareMaps } from './compare-maps.tsx';
import { Notice } from './notice.tsx';
import { RangePicker } from './range-picker.tsx';
import { Segmented } from './segmented.tsx';

interface Props {
  session: Session;
  site: SiteFacts;
  route: HeatmapRoute;
  onChange: (route: HeatmapRoute) => void;
}

const views = ['list', 'maps'] as const;
const viewLabel = { list: 'Differences', maps: 'Side by side' };

/** The range beside another time, another device, or cut at a marker. */
export function CompareCard({ session, site, route, onChange }: Props) {
  // Of when the comparison was opened: its sides stand still.
  const [now] = useState(() => Date.now());
  const [wanted, setWanted] = useState<Comparison>('previous');
  const [days, setDays] = useState<DaySpan | null>(null);
  const [shown, setShown] = useState<(typeof views)[number]>('list');
  const of = { span: mapSpanOf(route.range, now, site.zone), device: route.device, zone: site.zone, now };
  const markers = useAnswer(`markers ${route.range}`, () => session.api.markers(of.span), 60_000);
  const rows = markers.value?.rows ?? [];
  const choices = comparisons(rows, of);
  const comparison = choices.some(({ value }) => value === wanted) ? wanted : 'previous';
  const uncut = uncutMarkers(rows, of.span);
  const sides = sidesOf(comparison, of, rows, days);
  const name = `${formatRoute({ ...route, scaleEnd: null })} ${comparison} ${comparison === 'days' ? days : ''}`;
  const { value, error } = useCompared(session, route, sides, name);
  return (
    <section className="card compare-card" aria-label="Comparison">
      <header className="toolbar">
        <label className="page-picker">
          <span>Compare with</span>
          <select
            value={comparison}
            data-testid="compare-with"
            onChange={({ target }) => {
              const choice = choices.find(({ value: one }) => one === target.value);
              if (choice) setWanted(choice.value);
            }}
          >
            {choices.map(({ value: one, label }) => (
              <option key={one} value={one}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {comparison === 'days' && (
          <RangePicker
            range={days ?? 'today'}
            today={localDay(now, site.zone)}
            onChange={(range) => setDays(range.includes('..') ? (range as DaySpan) : null)}
          />
        )}
        <Segmented label="Shown as" options={views} labels={viewLabel} value={shown} onChange={setShown} />
      </header>
      {markers.error && <p className="quiet">Markers are not known: {markers.error.message}</p>}
      {uncut.length > 0 && (
        <p className="quiet">
          {uncut.map(({ text, at }) => `${text} (${formatInstant(at, site.zone)})`).join(', ')}: views are kept by the
          day, so a marker cuts where the next day begins. Choose a time with whole days on both sides.
        </p>
      )}
      {error && (
        <Notice title="The two sides could not be loaded" tone="error">
          <p>{error.message}</p>
        </Notice>
      )}
      {!error && !sides && <p className="quiet">Choose the other days.</p>}
      {!error && sides && !value && <p className="quiet">Loading …</p>}
      {!error && value && shown === 'list' && <CompareList sides={value} zone={site.zone} />}
      {!error && value && shown === 'maps' && (
        <CompareMaps {...{ session, route, onChange }} sides={value} zone={site.zone} />
      )}
    </section>
  );
}
