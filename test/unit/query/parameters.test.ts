import { describe, expect, it } from 'vitest';
import { demoApi } from './demo-api.ts';

const refusals: [query: string, code: string][] = [
  ['series?unit=week', 'bad-unit'],
  ['series?from=2026-02-31', 'bad-from'],
  ['series?from=yesterday', 'bad-from'],
  ['series?from=2026-11-23T10:00:00', 'bad-from'],
  ['series?to=1999-12-31', 'bad-to'],
  ['series?to=2026-11-23T25:00:00Z', 'bad-to'],
  ['series?from=2026-11-23&to=2026-11-22', 'bad-range'],
  ['series?from=2026-08-01&to=2026-11-23', 'range-too-long'],
  ['series?unit=minute&from=2026-11-20', 'range-too-long'],
  ['series?unit=day&from=2025-01-01&to=2026-11-23', 'range-too-long'],
  ['pages?from=2025-01-01&to=2026-11-23', 'range-too-long'],
  ['pages?limit=0', 'bad-limit'],
  ['pages?limit=1001', 'bad-limit'],
  ['pages?limit=1e2', 'bad-limit'],
  ['pages?limit=-5', 'bad-limit'],
  ['breakdown', 'missing-dimension'],
  ['breakdown?dimension=colour', 'bad-dimension'],
  ['heatmap', 'missing-path'],
  ['heatmap?path=', 'missing-path'],
  [`heatmap?path=/${'x'.repeat(512)}`, 'bad-path'],
  ['heatmap?path=/&device=watch', 'bad-device'],
  ['heatmap?path=/&layer=scroll', 'bad-layer'],
  ['elements?device=desktop', 'missing-path'],
  ['scroll?path=/&device=Desktop', 'bad-device'],
  ['captures', 'missing-path'],
];

describe('parameters', () => {
  it.each(refusals)('%s is refused as %s', async (query, code) => {
    const { ask } = await demoApi();
    const { statusCode, json } = await ask(`/v1/sites/demo/${query}`);
    expect([statusCode, json.error.code]).toEqual([400, code]);
    expect(json.error.message.length).toBeLessThan(250);
  });

  it('repeats no more than a little of what was sent', async () => {
    const { ask } = await demoApi();
    const { json } = await ask(`/v1/sites/demo/series?unit=${'<script>'.repeat(500)}`);
    expect(json.error.message.length).toBeLessThan(250);
  });

  it.each([
    ['a body that is not JSON', '{"path":', 400, 'bad-json'],
    ['a list', '[]', 400, 'bad-json'],
    ['no path', { device: 'desktop' }, 400, 'missing-path'],
    ['a path that is a number', { path: 7, device: 'desktop' }, 400, 'bad-path'],
    ['no device', { path: '/' }, 400, 'missing-device'],
    ['an unknown device', { path: '/', device: 'watch' }, 400, 'bad-device'],
    ['a large body', { path: '/', device: 'desktop', more: 'x'.repeat(5_000) }, 413, 'body-too-large'],
  ])('a capture with %s is refused', async (_what, body, status, code) => {
    const { ask, started } = await demoApi();
    const { statusCode, json } = await ask('/v1/sites/demo/captures', { method: 'POST', body });
    expect([statusCode, json.error.code]).toEqual([status, code]);
    expect(started).toEqual([]);
  });
});
