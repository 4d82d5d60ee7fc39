import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { emitMetrics, metrics } from '../../functions/metrics.ts';

it('every metric is in the docs with its unit, the number of them and their price too', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/metrics.md'), 'utf8');
  const listed = [...docs.matchAll(/^\| (\w+) \| `(\w+)` \| (\w+) \| (.*) \|$/gm)].map((row) => row.slice(1));
  const known = Object.entries(metrics).flatMap(([fn, all]) =>
    Object.entries(all).map(([name, { unit, what }]) => [fn, name, unit, what]),
  );
  expect(listed).toEqual(known);
  expect(docs).toContain(
    `All ${known.length} of them together cost at most $${(known.length * 0.3).toFixed(2)} a month`,
  );
});

it('a line declares what is billed, and carries properties beside', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  emitMetrics('ingest', { rejected: 1 }, 1_800_000_000_000, { code: 'bad-json' });
  const line = JSON.parse(String(log.mock.calls[0]?.[0]));
  log.mockRestore();
  expect(line).toEqual({
    _aws: {
      Timestamp: 1_800_000_000_000,
      CloudWatchMetrics: [
        { Namespace: 'SitePulse', Dimensions: [['function']], Metrics: [{ Name: 'rejected', Unit: 'Count' }] },
      ],
    },
    function: 'ingest',
    rejected: 1,
    code: 'bad-json',
  });
});
