/** Requests that the gateway may hand to the query function: real ones, near misses, and addresses made of anything. */
import fc from 'fast-check';
import { exportSources } from '../../functions/query/export/sources.ts';
import { routes } from '../../functions/query/routes.ts';
import { keptQueries } from './corpus.ts';
import { anyText, oddText } from './odd-values.ts';

export interface QueryRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  /** The `Authorization` header; `<key>` stands for the site's key. */
  key: string | undefined;
  body: string;
}

const dates = [
  '2026-11-23',
  '2026-11-22',
  '2026-02-31',
  '2025-01-01',
  '2199-12-31',
  '1999-12-31',
  '9999-12-31',
  '0000-00-00',
];
const instants = [
  '2026-11-23T12:00:00Z',
  '2026-11-23T12:00:00.123456789Z',
  '2026-11-23T12:00+05:45',
  '1795442430000',
  '999999999999',
  '9999999999999',
  '2026-11-23T24:00:00Z',
  '2026-13-45T25:61:61Z',
  '2026-02-30T10:00:00Z',
  '2026-11-23T12:00:00 01:00',
];
const edge = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...dates, ...instants) },
  { weight: 1, arbitrary: oddText },
  {
    weight: 2,
    arbitrary: fc
      .date({ min: new Date('2024-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  },
);
const valuesByName: Record<string, fc.Arbitrary<string>> = {
  from: edge,
  to: edge,
  unit: fc.constantFrom('minute', 'hour', 'day', 'month', '__proto__', 'toString'),
  dimension: fc.oneof(
    fc.constantFrom('country', 'browser', 'viewport', 'utm_source', 'event', 'download', 'constructor'),
    oddText,
  ),
  limit: fc.oneof(fc.constantFrom('1', '1000', '1001', '0', '-1', '1e2', ' 5', '٣', '0x10'), fc.nat(2_000).map(String)),
  path: anyText,
  device: fc.constantFrom('desktop', 'tablet', 'mobile', '', 'Mobile', '__proto__'),
  what: fc.constantFrom(...exportSources.map(({ what }) => what), '', 'everything', '__proto__'),
  format: fc.constantFrom('csv', 'json', 'ndjson', '', 'xls', 'constructor'),
  layer: fc.constantFrom('click', 'rage', 'move', 'hover', 'dead', 'hesitation', '', 'hasOwnProperty'),
};
const named = fc
  .constantFrom(...Object.keys(valuesByName))
  .chain((name) => fc.tuple(fc.constant(name), valuesByName[name] ?? oddText));
const query = fc
  .array(fc.oneof({ weight: 9, arbitrary: named }, { weight: 1, arbitrary: fc.tuple(oddText, oddText) }), {
    maxLength: 6,
  })
  .map(joined);

const segment: Record<string, fc.Arbitrary<string>> = {
  site: fc.oneof(
    { weight: 12, arbitrary: fc.constant('demo') },
    fc.constantFrom('other', 'nobody', '%64emo', '%zz', '%00', 'x'.repeat(3_000)),
    oddText.map(encoded),
  ),
  pageId: fc.constantFrom('a1B2c3D4', '..', '%2e%2e', 'a1B2c3D4%00'),
  device: fc.constantFrom('desktop', 'mobile', 'x'),
  image: fc.constantFrom('1795400000000.jpg', '1.png', '.jpg', '9'.repeat(15).concat('.jpg')),
};
const routePath = fc
  .constantFrom(...new Set(routes.map(({ path }) => path)))
  .chain((pattern) => fc.tuple(...pattern.split('/').map((part) => segment[part.slice(1, -1)] ?? fc.constant(part))))
  .map((parts) => parts.join('/'));

const made = fc.record({ path: routePath, query });
const kept = fc.constantFrom(...keptQueries).map((text) => {
  const [path = '', search = ''] = text.split('?');
  return { path: `/v1/${path}`, query: joined([...new URLSearchParams(search)]) };
});
const anywhere = fc.record({ path: fc.webPath().map((path) => `/v1${path}`), query });

const wish = fc.oneof(
  { weight: 3, arbitrary: fc.constant('{"path":"/","device":"desktop"}') },
  fc.record({ path: anyText, device: fc.constantFrom('desktop', 'mobile', 'x') }).map((value) => JSON.stringify(value)),
  fc
    .record({ text: fc.oneof(anyText, fc.constant('Release 2.4')), at: edge }, { requiredKeys: ['text'] })
    .map((value) => JSON.stringify(value)),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  oddText,
  fc.constantFrom('', '{', '[]', 'null', '{"path":5}', '{"path":"/","device":{"toString":1}}', 'x'.repeat(5_000)),
);

export const queryArbitrary: fc.Arbitrary<QueryRequest> = fc
  .record({
    target: fc.oneof(
      { weight: 8, arbitrary: made },
      { weight: 4, arbitrary: kept },
      { weight: 1, arbitrary: anywhere },
    ),
    method: fc.oneof(
      { weight: 8, arbitrary: fc.constant('GET') },
      { weight: 2, arbitrary: fc.constant('POST') },
      fc.constantFrom('POST', 'PUT', 'DELETE', 'OPTIONS', 'get', '__proto__'),
    ),
    key: fc.oneof(
      { weight: 14, arbitrary: fc.constant('Bearer <key>') },
      fc.constantFrom(
        undefined,
        '',
        'Bearer',
        'bearer  <key>',
        'Basic <key>',
        'Bearer nobody',
        `Bearer ${'x'.repeat(300)}`,
      ),
      oddText,
    ),
    body: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, wish),
  })
  .map(({ target, ...rest }) => ({ ...target, ...rest }));

/** As API Gateway joins values of one name. */
function joined(pairs: [string, string][]): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of pairs) query[name] = Object.hasOwn(query, name) ? `${query[name]},${value}` : value;
  return query;
}
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).slice(0, 300);
}
