import { describe, expect, it } from 'vitest';
import { rejectionStatus } from '../../functions/ingest/rejection.ts';
import { keptBodies } from './corpus.ts';
import { Pipeline } from './pipeline.ts';
import { runBodies } from './run-bodies.ts';

/** What a body can be refused for: not that its key has sent too many before it. */
const refusals = Object.keys(rejectionStatus).filter((code) => code !== 'too-many-requests');
const site = { zone: 'Europe/Berlin', admitted: 'all' } as const;

describe('bodies', () => {
  it.each(keptBodies)('$name: $answer', async ({ body, isBase64, answer }) => {
    expect(await new Pipeline(site).send({ body, isBase64, afterMs: 0, header: undefined })).toBe(answer);
  });

  it('are kept of every refusal, and of acceptance', () => {
    const answers = new Set(keptBodies.map(({ answer }) => answer));
    expect([...answers].sort()).toEqual([...refusals, 'accepted'].sort());
  });

  // `npm run fuzz` sends a million.
  it('of any kind are accepted and counted, or refused by name', async () => {
    const { broken, bodies, codes, heapBefore, heapMax } = await runBodies({ bodies: 20_000, seed: 3 });
    expect(broken).toBeNull();
    expect(bodies).toBe(20_000);
    expect(codes.get('accepted')).toBeGreaterThan(0.3 * bodies);
    for (const code of refusals) expect(codes.get(code), code).toBeGreaterThan(0);
    expect(heapMax - heapBefore).toBeLessThan(64 * 1024 * 1024);
  }, 180_000);
});
