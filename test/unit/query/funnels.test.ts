import { describe, expect, it } from 'vitest';
import { conversionName, funnelKey, goalKey } from '../../../functions/contract/counter.ts';
import type { FunnelsAnswer } from '../../../functions/contract/funnels-answer.ts';
import { type Funnel, funnelId, type Goal, goalId } from '../../../functions/contract/goal.ts';
import { type DemoApi, demoApi, epoch, now, today } from './demo-api.ts';

const site = '/v1/sites/demo';
const address = `${site}/funnels`;
const order: Goal = { name: 'Order', what: 'page', match: '/thanks' };
const signup: Goal = { name: 'Signed up', what: 'event', match: 'signup' };
const purchase: Funnel = {
  name: 'Purchase',
  steps: [
    { what: 'page', match: '/product/:id' },
    { what: 'page', match: '/cart' },
    { what: 'event', match: 'bought' },
  ],
};
const c = (hour: string) => conversionName(Date.parse(hour));

async function demoWithGoals(): Promise<DemoApi> {
  const api = await demoApi();
  await api.ask(site, { method: 'PATCH', body: { goals: [order, signup], funnels: [purchase] } });
  return api;
}
const ofDay = ({ put }: DemoApi, day: string, counters: Record<string, number>) =>
  put.item(goalKey(epoch, 'demo', day, goalId(order)), counters);

describe('/funnels', () => {
  it('answers nothing where nothing is to be reached, but for the sessions', async () => {
    const { ask, put } = await demoApi();
    await put.hour(today, '2026-11-23T09:00:00Z', { se: 7 });
    const { json } = await ask(address);
    expect(json).toMatchObject({ sessions: 7, goals: [], funnels: [] });
  });

  it('adds up the days of a range, and rates them by its sessions', async () => {
    const api = await demoWithGoals();
    await api.put.hour('2026-11-22', '2026-11-22T09:00:00Z', { se: 6 });
    await api.put.hour(today, '2026-11-23T09:00:00Z', { se: 4 });
    await ofDay(api, '2026-11-22', { [c('2026-11-22T09:00:00Z')]: 3, s: 2 });
    await ofDay(api, today, { [c('2026-11-23T09:00:00Z')]: 1, [c('2026-11-23T10:00:00Z')]: 1, s: 2 });
    const json: FunnelsAnswer = (await api.ask(`${address}?from=2026-11-21&to=2026-11-23`)).json;
    expect(json).toMatchObject({ sessions: 10, unit: 'day' });
    const [first, second] = json.goals;
    expect(first).toMatchObject({ id: goalId(order), ...order, since: now, conversions: 5, sessions: 4, rate: 0.4 });
    expect(first?.points.map(({ conversions }) => conversions)).toEqual([0, 3, 2]);
    expect(second).toMatchObject({ ...signup, conversions: 0, sessions: 0, rate: 0 });
  });

  it('tells one or two days by the hour', async () => {
    const api = await demoWithGoals();
    await ofDay(api, today, { [c('2026-11-23T09:00:00Z')]: 2, s: 2 });
    const json: FunnelsAnswer = (await api.ask(address)).json;
    expect(json.unit).toBe('hour');
    const reached = json.goals[0]?.points.filter(({ conversions }) => conversions > 0);
    expect(reached).toEqual([{ at: Date.parse('2026-11-23T09:00:00Z'), conversions: 2 }]);
    expect(json.goals[0]?.points[0]?.at).toBe(Date.parse('2026-11-22T23:00:00Z'));
    // Up to the hour that runs: what is to come is no hour without conversions.
    expect(json.goals[0]?.points.at(-1)?.at).toBe(Date.parse('2026-11-23T13:00:00Z'));
  });

  it('tells where sessions leave a funnel', async () => {
    const api = await demoWithGoals();
    const key = funnelKey(epoch, 'demo', today, funnelId(purchase));
    await api.put.item(key, { s1: 8, s2: 6, s3: 2 });
    const [funnel] = ((await api.ask(address)).json as FunnelsAnswer).funnels;
    expect(funnel?.steps).toEqual([
      { name: '/product/:id', ...purchase.steps[0], sessions: 8, share: 1, dropped: 0 },
      { name: '/cart', ...purchase.steps[1], sessions: 6, share: 0.75, dropped: 2 },
      { name: 'bought', ...purchase.steps[2], sessions: 2, share: 0.25, dropped: 4 },
    ]);
  });

  it('goes on with a goal that is renamed, and begins anew with one that is reached by something else', async () => {
    const api = await demoWithGoals();
    await ofDay(api, today, { s: 3 });
    const later = now + 60_000;
    const change = (goals: Goal[]) => api.ask(site, { method: 'PATCH', body: { goals }, at: later });
    const figures = async () => ((await api.ask(address, { at: later })).json as FunnelsAnswer).goals[0];
    await change([{ ...order, name: 'Sale' }]);
    expect(await figures()).toMatchObject({ id: goalId(order), name: 'Sale', sessions: 3, since: now });
    await change([{ ...order, match: '/thank-you' }]);
    expect(await figures()).toMatchObject({ sessions: 0, since: later });
    expect((await figures())?.id).not.toBe(goalId(order));
  });

  it('says since when a goal is counted where that is known: not of what came with the site', async () => {
    const { ask, ports } = await demoApi();
    await ports.sites.edit('demo', (config) => ({ config: { ...config, goals: [order] } }));
    await ask(site, { method: 'PATCH', body: { goals: [order, signup] } });
    const { goals } = (await ask(address)).json as FunnelsAnswer;
    expect(goals.map(({ since }) => since)).toEqual([null, now]);
  });

  it('says of no goal since when it is counted that a rebuild has counted for all that came before', async () => {
    const { ask, ports } = await demoWithGoals();
    await ports.sites.fillGoals('demo', epoch, (await ports.sites.current('demo'))?.version ?? 0);
    const later: Goal = { name: 'Docs', what: 'page', match: '/docs/*' };
    await ask(site, { method: 'PATCH', body: { goals: [order, later] } });
    const { goals, funnels } = (await ask(address)).json as FunnelsAnswer;
    expect([...goals, ...funnels].map(({ since }) => since)).toEqual([null, now, null]);
  });

  it('refuses a range that is none', async () => {
    const { ask } = await demoApi();
    const { statusCode, json } = await ask(`${address}?from=2026-11-23&to=2026-11-20`);
    expect([statusCode, json.error.code]).toEqual([400, 'bad-range']);
  });
});

describe('the settings of goals and funnels', () => {
  const one = { what: 'page', match: '/a' };
  it.each<[object, string]>([
    [{ goals: 'all' }, 'goals is "all", not a list'],
    [{ goals: Array.from({ length: 21 }, () => order) }, 'goals has 21 entries: at most 20'],
    [
      { goals: [{ what: 'page', match: '/' }] },
      'goals, number 1: name is missing: give 1 to 60 characters on one line',
    ],
    [{ goals: [order, { ...order, what: 'click' }] }, 'goals, number 2: what is "click", not one of page, event,'],
    [
      { goals: [{ ...order, match: 'thanks' }] },
      'match is "thanks", not a path such as /thanks, /product/:id or /docs/*',
    ],
    [{ goals: [{ ...order, match: '/a*b' }] }, 'match is "/a*b", not a path'],
    [{ goals: [{ ...order, match: '/a?b=1' }] }, 'match is "/a?b=1", not a path'],
    [{ goals: [{ ...signup, match: 'x'.repeat(65) }] }, 'not the name of a custom event, of at most 64 characters'],
    [{ goals: [{ ...signup, what: 'outbound' }] }, 'match is "signup", not an address without query'],
    [{ goals: [{ ...order, id: 'x' }] }, '"id" is none of name, what, match'],
    [{ goals: [order, { ...order, name: 'Sale' }] }, 'goals “Order” and “Sale” are reached by the same'],
    [{ funnels: [{ name: 'F', steps: [one] }] }, 'steps is "1 of them", not 2 to 8 steps'],
    [{ funnels: [{ name: 'F', steps: Array.from({ length: 9 }, () => one) }] }, 'steps has 9 entries: at most 8'],
    [{ funnels: [{ name: 'F', steps: [one, { what: 'page' }] }] }, 'number 1: steps, number 2: match is missing'],
    [{ funnels: [{ name: 'F', steps: [one, null] }] }, 'steps, number 2: steps is null, not an object'],
  ])('%j is refused: %s', async (body, message) => {
    const { ask } = await demoApi();
    const { statusCode, json } = await ask(site, { method: 'PATCH', body });
    expect([statusCode, json.error.code]).toEqual([400, `bad-${Object.keys(body)[0]}`]);
    expect(json.error.message).toContain(message);
  });

  it('are answered as they were given', async () => {
    const { ask } = await demoApi();
    const goals = [
      order,
      { name: 'Docs', what: 'page', match: '/docs/*' },
      { name: 'Any', what: 'download', match: '*' },
    ];
    await ask(site, { method: 'PATCH', body: { goals, funnels: [purchase] } });
    expect((await ask(site)).json).toMatchObject({ goals, funnels: [purchase] });
  });
});
