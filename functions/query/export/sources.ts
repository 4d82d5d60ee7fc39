import { breakdownSource } from './breakdown-source.ts';
import { elementsSource } from './elements-source.ts';
import { funnelsSource } from './funnels-source.ts';
import { goalsSource } from './goals-source.ts';
import { heatmapSource } from './heatmap-source.ts';
import { leavingSource } from './leaving-source.ts';
import { pagesSource } from './pages-source.ts';
import { scrollSource } from './scroll-source.ts';
import { seriesSource } from './series-source.ts';
import { sessionsSource } from './sessions-source.ts';
import type { ExportSource } from './source.ts';
import { transitionsSource } from './transitions-source.ts';
import { trendsSource } from './trends-source.ts';
import { vitalsSource } from './vitals-source.ts';

/** All that can be exported. A new one is an entry here, a file beside this, and nothing else. */
export const exportSources: readonly ExportSource[] = [
  seriesSource,
  pagesSource,
  breakdownSource,
  elementsSource,
  scrollSource,
  heatmapSource,
  transitionsSource,
  trendsSource,
  leavingSource,
  sessionsSource,
  goalsSource,
  funnelsSource,
  vitalsSource,
];
