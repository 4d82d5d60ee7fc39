import { describe, expect, it } from 'vitest';
import type { ElementFacts } from '../../../functions/contract/admission.ts';
import { demoApi, today } from './demo-api.ts';

const address = '/v1/sites/demo/trends';
const facts: ElementFacts = { label: 'Buy', box: [10, 20, 300, 40], viewportWidth: 1280, clickable: true };
const yesterday = '2026-11-22';
const midnight = (day: string) => Date.parse(`${day}T00:00+01:00`);

describe('/trends', () => {
  it('has the site’s days and as many before them, with how far its pages were read', async () => {
    const { ask, put } = await demoApi();
    await put.hour(yesterday, '2026-11-22T09:00Z', { pv: 4, se: 3, bo: 2, ub: 1, en: 9_000, du: 60_000, ra: 1, de: 2 });
    await put.hour(today, '2026-11-23T09:00Z', { pv: 2, se: 1, he: 3 });
    await put.hour(today, '2026-11-23T10:00Z', { pv: 3, se: 1, bo: 1 });
    await put.page(yesterday, '/', { pv: 3, rda: 2, rdi: 1, rd9: 3 });
    await put.page(yesterday, '/pricing', { pv: 1, rma: 1, rmi: 1 });
    const { json } = await ask(`${address}?from=${today}`);
    expect(json).toMatchObject({
      path: null,
      from: midnight(today),
      to: midnight('2026-11-24'),
      before: { from: midnight(yesterday), to: midnight(today) },
      complete: true,
    });
    const none = { entries: null, exits: null };
    expect(json.days).toEqual([
      {
        at: midnight(yesterday),
        ...{ pageViews: 4, engagedMs: 9_000, reachedHalf: 3, reachedEnd: 2, rage: 1, dead: 2, hesitations: null },
        ...{ sessions: 3, bounces: 1, durationMs: 60_000, ...none },
      },
      {
        at: midnight(today),
        ...{ pageViews: 5, engagedMs: 0, reachedHalf: 0, reachedEnd: 0, rage: 0, dead: 0, hesitations: 3 },
        ...{ sessions: 2, bounces: 1, durationMs: 0, ...none },
      },
    ]);
  });

  it('has one page’s days, with what its elements count on every device', async () => {
    const { ask, put } = await demoApi();
    await put.page(today, '/', { pv: 9, en: 500, ei: 4, eo: 1, xi: 5, xo: 3, rda: 4 });
    await put.page(today, '/pricing', { pv: 1, rda: 1 });
    const on = (day: string, device: 'desktop' | 'mobile') => ({ day, path: '/', device, key: '#buy', facts });
    await put.element(on(today, 'desktop'), '2026-11-22T23:30Z', { ra: 1, de: 2, he: 3, cl: 9 });
    await put.element(on(today, 'mobile'), '2026-11-23T10:00Z', { ra: 4 });
    await put.element(on(today, 'mobile'), 'day', { rm: 800 });
    await put.element(on(yesterday, 'desktop'), '2026-11-22T22:00Z', { de: 7 });
    const { json } = await ask(`${address}?from=${today}&path=/`);
    expect(json.path).toBe('/');
    const none = { sessions: null, bounces: null, durationMs: null };
    expect(json.days[1]).toEqual({
      at: midnight(today),
      ...{ pageViews: 9, engagedMs: 500, reachedHalf: 4, reachedEnd: 0, rage: 5, dead: 2, hesitations: 3, ...none },
      ...{ entries: 3, exits: 2 },
    });
    expect(json.days[0]).toMatchObject({ at: midnight(yesterday), pageViews: 0, dead: 7, hesitations: 0 });
  });

  it('goes back as many local days across a change of clocks', async () => {
    const { ask } = await demoApi();
    const { json } = await ask(`${address}?from=2026-10-26&to=2026-10-27`);
    expect(json.before).toEqual({
      from: Date.parse('2026-10-24T00:00+02:00'),
      to: Date.parse('2026-10-26T00:00+01:00'),
    });
    expect(json.days).toHaveLength(4);
  });

  it('compares with fewer days where older ones are not kept, and with none', async () => {
    const { ask } = await demoApi();
    const some = (await ask(`${address}?from=2026-09-12&to=${today}`)).json;
    expect(some.days).toHaveLength(90);
    expect(some.before.to).toBe(some.from);
    const none = (await ask(`${address}?from=2026-01-01&to=${today}`)).json;
    expect(none.before).toEqual({ from: none.from, to: none.from });
    expect(none.days).toHaveLength(90);
  });
});
