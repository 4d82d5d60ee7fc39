import { breakdownRoute } from './breakdown.ts';
import { captureImageRoute } from './capture-image.ts';
import { listCapturesRoute, startCaptureRoute } from './captures.ts';
import { elementsRoute } from './elements.ts';
import { healthRoute } from './health.ts';
import { heatmapRoute } from './heatmap.ts';
import { liveRoute } from './live.ts';
import { addMarkerRoute, listMarkersRoute, removeMarkerRoute } from './markers.ts';
import { openApiRoute } from './openapi.ts';
import { overlayTokenRoute } from './overlay-token.ts';
import { pagesRoute } from './pages.ts';
import { playbackRoute } from './playback.ts';
import type { Route } from './route.ts';
import { scrollRoute } from './scroll.ts';
import { seriesRoute } from './series.ts';
import { sitesRoute } from './sites.ts';
import { ticketsRoute } from './tickets.ts';

/** All that the query function answers. `cdk/routes.ts` lists the same for the gateway; a test compares them. */
export const routes: readonly Route[] = [
  openApiRoute(() => routes),
  sitesRoute,
  liveRoute,
  seriesRoute,
  breakdownRoute,
  pagesRoute,
  heatmapRoute,
  playbackRoute,
  elementsRoute,
  scrollRoute,
  healthRoute,
  addMarkerRoute,
  listMarkersRoute,
  removeMarkerRoute,
  ticketsRoute,
  overlayTokenRoute,
  startCaptureRoute,
  listCapturesRoute,
  captureImageRoute,
];
