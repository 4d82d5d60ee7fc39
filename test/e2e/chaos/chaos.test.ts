import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { synth } from '../../../localstack/synth.ts';
import { runChaos } from '../../chaos/run-chaos.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const assembly = join(root, 'cdk.out');
const stateDir = mkdtempSync(join(tmpdir(), 'sitepulse-e2e-chaos-'));
afterAll(() => rmSync(stateDir, { recursive: true, force: true }));

describe('everything breaks, shards are split and merged, and once all of it is killed at an instant', () => {
  it('counts what was accepted once, and nothing else', async () => {
    await synth(assembly);
    const { audits, book, differences, struck } = await runChaos({
      seconds: 15,
      rate: 120,
      seed: 1,
      frequency: 3,
      untilAllStruck: true,
      stateDir,
      dist: join(root, 'dist'),
      assembly,
      apiKey: 'sp_test_key_of_the_end_to_end_tests_0123456789',
      tell: () => undefined,
    });
    expect(differences).toEqual([]);
    expect([...struck].filter(([, times]) => times === 0)).toEqual([]);
    expect(book.acceptedEvents).toBeGreaterThan(100);
    expect(audits.reduce((sum, { items }) => sum + items, 0)).toBeGreaterThan(20);
  }, 600_000);
});
