/** A page's heat as it grows: answers of the API, and today's live totals over them. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { elementPartition } from '../functions/contract/counter.ts';
import { nameId } from '../functions/contract/name-id.ts';
import { dayStart, localDay } from '../functions/contract/time-unit.ts';
import type { Api, PageOnDevice, Span } from './live/api.ts';
import type { SiteFacts } from './pages/site-facts.ts';
import type { HeatmapRoute } from './route.ts';
import type { Session } from './session.ts';
import { type Answer, useAnswer, useLive } from './use-live.ts';
import { type ElementHeat, elementHeat, type HeatAnswers, liveElements } from './view/element-heat.ts';
import { factsOf } from './view/layer.ts';
import { mapSpanOf } from './view/map-range.ts';

/** Live totals of an element that was admitted after the last answer: ask again, but no more often than this. */
const askAgainEveryMs = 2_000;
const refreshEveryMs = 60_000;
const noTotals: ReturnType<typeof liveElements> = new Map();

export interface Heat {
  answer: Answer<{ earlier: HeatAnswers | null; today: HeatAnswers; isPast: boolean }>;
  heat: ElementHeat | null;
  reload(): void;
}

export function useHeat(session: Session, site: SiteFacts, route: HeatmapRoute): Heat {
  const live = useLive(session.store);
  const [asked, setAsked] = useState(0);
  const day = localDay(live.asOf || Date.now(), site.zone);
  const { path, device, range } = route;
  const { cells } = factsOf(route.layer);
  const name = JSON.stringify([path, device, range, cells, day]);
  const answer = useAnswer(name, () => loadHeat(session.api, site, route), refreshEveryMs, [asked]);
  const partition = elementPartition(live.epoch, site.id, day, nameId(path), device);
  const totals = useMemo(() => liveElements(live.items.values(), partition, cells), [live, partition, cells]);
  const heat = useMemo(
    () =>
      answer.value
        ? elementHeat(answer.value.earlier, answer.value.today, answer.value.isPast ? noTotals : totals)
        : null,
    [answer.value, totals],
  );
  const unknown = heat?.unknown ?? '';
  const last = useRef({ unknown: '', at: Number.NEGATIVE_INFINITY });
  useEffect(() => {
    if (unknown === '' || unknown === last.current.unknown) return;
    // From the last question, not from the last change: changes come faster than that on a busy page.
    const waitMs = Math.max(0, last.current.at + askAgainEveryMs - performance.now());
    const timer = setTimeout(() => {
      last.current = { unknown, at: performance.now() };
      setAsked((count) => count + 1);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [unknown]);
  return { answer, heat, reload: () => setAsked((count) => count + 1) };
}

async function loadHeat(api: Api, { zone }: SiteFacts, route: HeatmapRoute) {
  const now = Date.now();
  const midnight = dayStart(localDay(now, zone), zone);
  const span = mapSpanOf(route.range, now, zone);
  const load = async (part: Span): Promise<HeatAnswers> => {
    const [heatmap, elements] = await Promise.all([
      api.heatmap(part, pageOf(route), factsOf(route.layer).cells),
      api.elements(part, pageOf(route)),
    ]);
    return { heatmap, rows: elements.rows, complete: elements.complete };
  };
  // A range without today is one question, and nothing of it is live.
  if (span.to <= midnight || span.from > now) return { today: await load(span), earlier: null, isPast: true };
  const [today, earlier] = await Promise.all([
    load({ from: midnight, to: now }),
    span.from < midnight ? load({ from: span.from, to: midnight }) : null,
  ]);
  return { today, earlier, isPast: false };
}

export function pageOf({ path, device }: HeatmapRoute): PageOnDevice {
  return { path, device };
}
