/** All that one page's map is made of, as answers and live totals bring it. */
import { useEffect, useMemo } from 'react';
import type { Capture, CapturePicture, ScrollAnswer } from '../functions/contract/answer.ts';
import type { SiteFacts } from './pages/site-facts.ts';
import type { HeatmapRoute } from './route.ts';
import type { Session } from './session.ts';
import { type Heat, pageOf, useHeat } from './use-heat.ts';
import { type Answer, useAnswer } from './use-live.ts';
import type { Whole } from './view/element-columns.ts';
import { heatmapView } from './view/heatmap-view.ts';
import type { MapWish } from './view/map-drawing.ts';
import { mapSpanOf } from './view/map-range.ts';
import { panesOn } from './view/pane-map.ts';
import { tapHeat } from './view/tap-heat.ts';

export interface PageMap extends Heat {
  scroll: Answer<ScrollAnswer>;
  /** The newest attempt at a picture, and the picture where there is one. */
  found: Capture | null;
  capture: CapturePicture | null;
  /** Its object URL; '' without one. */
  picture: Answer<string>;
  map: Omit<MapWish, 'brushPx'>;
  /** What the answers had no room for. */
  leftOut: number;
  /** What the table's shares are of. */
  whole: Whole;
}

export function usePageMap(session: Session, site: SiteFacts, route: HeatmapRoute): PageMap {
  const { layer, device, scaleEnd: fixedAt } = route;
  const { answer, heat, reload } = useHeat(session, site, route);
  const scroll = useAnswer(
    `scroll ${route.path} ${device} ${route.range}`,
    () => session.api.scroll(mapSpanOf(route.range, Date.now(), site.zone), pageOf(route)),
    30_000,
  );
  const found = answer.value?.today.heatmap.capture ?? null;
  const capture = found && !('error' in found) ? found : null;
  const picture = usePicture(session, capture?.image ?? '');
  const view = useMemo(() => {
    const elements = heat?.elements ?? [];
    return heatmapView(layer === 'tap' ? tapHeat(elements) : elements, capture, device);
  }, [heat, capture, device, layer]);
  const isComplete = heat?.complete ?? true;
  const map = useMemo(() => {
    const panes = panesOn(scroll.value?.panes ?? [], capture?.elements ?? [], view.width);
    return { layer, view, scroll: scroll.value, panes, isComplete, fixedAt };
  }, [layer, view, capture, scroll.value, isComplete, fixedAt]);
  const whole = useMemo(
    () => ({
      clicks: view.elements.reduce((sum, { counts }) => sum + counts.clicks, 0),
      views: scroll.value?.views ?? null,
    }),
    [view.elements, scroll.value],
  );
  const spans = [answer.value?.today, answer.value?.earlier];
  const leftOut = spans.reduce((sum, span) => sum + (span?.heatmap.leftOut.value ?? 0), 0);
  return { answer, heat, reload, scroll, found, capture, picture, map, leftOut, whole };
}

/** `image`: the API's path of it; '' asks for none. */
export function usePicture(session: Session, image: string): Answer<string> {
  const picture = useAnswer(
    `picture ${image}`,
    async () => (image === '' ? '' : URL.createObjectURL(await session.api.picture(image))),
    0,
  );
  useEffect(() => {
    const url = picture.value;
    return () => (url ? URL.revokeObjectURL(url) : undefined);
  }, [picture.value]);
  return picture;
}
