/** Both sides of a comparison, each with what its map and its rates are made of. */
import type { ElementsAnswer, HeatmapAnswer, ScrollAnswer } from '../functions/contract/answer.ts';
import type { Api } from './live/api.ts';
import type { HeatmapRoute } from './route.ts';
import type { Session } from './session.ts';
import { type Answer, useAnswer } from './use-live.ts';
import type { WantedSide } from './view/compare-sides.ts';
import { factsOf } from './view/layer.ts';

export interface SideAnswers {
  wanted: WantedSide;
  heatmap: HeatmapAnswer;
  elements: ElementsAnswer;
  /** Its views are what clicks are told by. */
  scroll: ScrollAnswer;
}
export type Sides<T> = [first: T, second: T];

/** Null while nothing is chosen. */
export function useCompared(
  session: Session,
  { path, layer }: HeatmapRoute,
  sides: Sides<WantedSide> | null,
  name: string,
): Answer<Sides<SideAnswers> | null> {
  return useAnswer(
    `compare ${name}`,
    async () => {
      if (!sides) return null;
      const [first, second] = sides;
      const cells = factsOf(layer).cells;
      return Promise.all([load(session.api, path, cells, first), load(session.api, path, cells, second)]);
    },
    0,
  );
}

async function load(api: Api, path: string, cells: HeatmapAnswer['layer'], wanted: WantedSide): Promise<SideAnswers> {
  const page = { path, device: wanted.device };
  const [heatmap, elements, scroll] = await Promise.all([
    api.heatmap(wanted.span, page, cells),
    api.elements(wanted.span, page),
    api.scroll(wanted.span, page),
  ]);
  return { wanted, heatmap, elements, scroll };
}
