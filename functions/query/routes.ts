import { addKeyRoute, listKeysRoute, removeKeyRoute, rotateKeyRoute } from './account/api-keys.ts';
import { auditLogRoute } from './account/audit-log.ts';
import { acceptRoute } from './account/invitations.ts';
import { leaveRoute } from './account/leave.ts';
import { meRoute, signOutRoute } from './account/me.ts';
import { changeRoleRoute, inviteRoute, listMembersRoute, removeMemberRoute } from './account/members.ts';
import { shareTokenRoute } from './account/share-token.ts';
import { addShareRoute, listSharesRoute, removeShareRoute } from './account/shares.ts';
import { deleteSiteRoute, deletionRoute } from './account/site-deletion.ts';
import { changeSiteRoute, createSiteRoute, readSiteRoute } from './account/site-routes.ts';
import { addWriteKeyRoute, listWriteKeysRoute, removeWriteKeyRoute } from './account/write-keys.ts';
import { alertsRoute, saveAlertsRoute } from './alerts.ts';
import { breakdownRoute } from './breakdown.ts';
import { captureImageRoute } from './capture-image.ts';
import { listCapturesRoute, startCaptureRoute } from './captures.ts';
import { costRoute } from './cost.ts';
import { elementsRoute } from './elements.ts';
import { addErasureRoute, listErasuresRoute } from './erasures.ts';
import { exportRoute } from './export/export-route.ts';
import { funnelsRoute } from './funnels.ts';
import { healthRoute } from './health.ts';
import { heatmapRoute } from './heatmap.ts';
import { leavingRoute } from './leaving.ts';
import { liveRoute } from './live.ts';
import { addMarkerRoute, listMarkersRoute, removeMarkerRoute } from './markers.ts';
import { openApiRoute } from './openapi.ts';
import { overlayTokenRoute } from './overlay-token.ts';
import { pagesRoute } from './pages.ts';
import { playbackRoute } from './playback.ts';
import type { Route } from './route.ts';
import { scrollRoute } from './scroll.ts';
import { seriesRoute } from './series.ts';
import { sessionRoute } from './session.ts';
import { sessionsRoute } from './sessions.ts';
import { sitesRoute } from './sites.ts';
import { logRoute, systemRoute } from './system.ts';
import { ticketsRoute } from './tickets.ts';
import { transitionsRoute } from './transitions.ts';
import { trendsRoute } from './trends.ts';
import { vitalsRoute } from './vitals.ts';

/** All that the query function answers. `cdk/routes.ts` lists the same for the gateway; a test compares them. */
export const routes: readonly Route[] = [
  openApiRoute(() => routes),
  meRoute,
  signOutRoute,
  leaveRoute,
  sitesRoute,
  createSiteRoute,
  readSiteRoute,
  changeSiteRoute,
  deletionRoute,
  deleteSiteRoute,
  listWriteKeysRoute,
  addWriteKeyRoute,
  removeWriteKeyRoute,
  listMembersRoute,
  inviteRoute,
  changeRoleRoute,
  removeMemberRoute,
  acceptRoute,
  listKeysRoute,
  addKeyRoute,
  rotateKeyRoute,
  removeKeyRoute,
  listSharesRoute,
  addShareRoute,
  removeShareRoute,
  shareTokenRoute,
  auditLogRoute,
  liveRoute,
  seriesRoute,
  breakdownRoute,
  pagesRoute,
  funnelsRoute,
  heatmapRoute,
  playbackRoute,
  elementsRoute,
  scrollRoute,
  vitalsRoute,
  transitionsRoute,
  trendsRoute,
  leavingRoute,
  exportRoute,
  sessionsRoute,
  sessionRoute,
  healthRoute,
  costRoute,
  systemRoute,
  logRoute,
  alertsRoute,
  saveAlertsRoute,
  addMarkerRoute,
  listMarkersRoute,
  removeMarkerRoute,
  addErasureRoute,
  listErasuresRoute,
  ticketsRoute,
  overlayTokenRoute,
  startCaptureRoute,
  listCapturesRoute,
  captureImageRoute,
];
