/** The HTTP API, route by route: what is not here is answered 404 before any function runs. */
export interface Route {
  /** `OPTIONS`: a page of another origin asks whether it may. */
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'OPTIONS';
  path: string;
  fn: 'ingest' | 'query';
}

export const routes: readonly Route[] = [
  { method: 'POST', path: '/v1/events', fn: 'ingest' },
  { method: 'OPTIONS', path: '/v1/events', fn: 'ingest' },
  { method: 'GET', path: '/v1/openapi.json', fn: 'query' },
  { method: 'GET', path: '/v1/sites', fn: 'query' },
  { method: 'GET', path: '/v1/sites/{site}/live', fn: 'query' },
  { method: 'GET', path: '/v1/sites/{site}/series', fn: 'query' },
  { method: 'GET', path: '/v1/sites/{site}/breakdown', fn: 'query' },
  { method: 'GET', path: '/v1/sites/{site}/pages', fn: 'query' },
  { method: 'GET', path: '/v1/sites/{site}/heatmap', fn: 'query' },
  { method: 'OPTIONS', path: '/v1/sites/{site}/heatmap', fn: 'query' },
  { method: 'GET', path: '/v1/sites/{site}/playback', fn: 'query' },
  { method: 'GET', path: '/v1/sites/{site}/elements', fn: 'query' },
  { method: 'OPTIONS', path: '/v1/sites/{site}/elements', fn: 'query' },
  { method: 'GET', path: '/v1/sites/{site}/scroll', fn: 'query' },
  { method: 'OPTIONS', path: '/v1/sites/{site}/scroll', fn: 'query' },
  { method: 'GET', path: '/v1/sites/{site}/health', fn: 'query' },
  { method: 'POST', path: '/v1/sites/{site}/markers', fn: 'query' },
  { method: 'GET', path: '/v1/sites/{site}/markers', fn: 'query' },
  { method: 'DELETE', path: '/v1/sites/{site}/markers/{at}', fn: 'query' },
  { method: 'POST', path: '/v1/sites/{site}/tickets', fn: 'query' },
  { method: 'OPTIONS', path: '/v1/sites/{site}/tickets', fn: 'query' },
  { method: 'POST', path: '/v1/overlay-token', fn: 'query' },
  { method: 'POST', path: '/v1/sites/{site}/captures', fn: 'query' },
  { method: 'GET', path: '/v1/sites/{site}/captures', fn: 'query' },
  { method: 'GET', path: '/v1/sites/{site}/captures/{pageId}/{device}/{image}', fn: 'query' },
];
