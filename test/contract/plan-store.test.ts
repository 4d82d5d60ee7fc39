import { describe, expect, it } from 'vitest';
import { memoryPlanStore } from '../../functions/capture/plan-store.memory.ts';
import { s3PlanStore } from '../../functions/capture/plan-store.s3.ts';
import type { CapturePlan, PlanStore } from '../../functions/capture/plan-store.ts';
import { testS3 } from './s3.ts';

const s3 = testS3();

describe.each<[string, () => PlanStore]>([
  ['in memory', memoryPlanStore],
  ['in S3', () => s3PlanStore(s3().client, s3().bucket)],
])('plans %s', (_name, make) => {
  it('are per site, null before the first, and replaced as a whole', async () => {
    const plans = make();
    expect(await plans.get('shop')).toBeNull();
    const plan: CapturePlan = {
      day: '2026-11-23',
      begun: 2,
      earlier: [{ pageId: 'abcdefgh', path: '/', url: 'https://shop.example/', views: { desktop: 3 } }],
      attempts: { 'abcdefgh|desktop': { at: 1, failures: 0 } },
    };
    await plans.put('shop', plan);
    await plans.put('shop', { ...plan, attempts: {} });
    expect(await plans.get('shop')).toEqual({ ...plan, attempts: {} });
    expect(await plans.get('other')).toBeNull();
  });
});
