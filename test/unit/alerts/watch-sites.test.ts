import { describe, expect, it, vi } from 'vitest';
import { watchSites } from '../../../functions/alerts/watch-sites.ts';
import { defaultAlerts } from '../../../functions/contract/alert.ts';
import { conversionName, goalKey } from '../../../functions/contract/counter.ts';
import { goalId } from '../../../functions/contract/goal.ts';
import { dayMs } from '../../../functions/contract/time-unit.ts';
import { demoApi, epoch, now } from '../query/demo-api.ts';

const minute = 60_000;

/** A site with sixty views in this hour of each of the last seven days, and none now. */
async function silentSite() {
  const { ports, put } = await demoApi();
  for (let ago = 1; ago <= 7; ago++) {
    const day = new Date(now - ago * dayMs).toISOString().slice(0, 10);
    await put.hour(day, `${day}T13:00:00Z`, { pv: 60 });
  }
  const posted: string[] = [];
  const told: object[] = [];
  const watch = {
    ...ports,
    epoch,
    mail: null,
    post: async (_url: string, body: string) => {
      told.push(JSON.parse(body));
      posted.push(JSON.parse(body).kind);
    },
  };
  const save = (changes = {}) => ports.alerts.save('demo', { ...defaultAlerts, ...changes }, 'secret');
  return { watch, posted, told, put, save };
}

describe('the watch over sites', () => {
  it('tells what is unusual once, and again when the quiet time is over', async () => {
    const { watch, posted, save } = await silentSite();
    await save({ webhookUrl: 'https://hooks.example/', quietMinutes: 30 });
    expect(await watchSites(now, watch)).toEqual({ sent: 1, failed: 0 });
    expect(await watchSites(now + 5 * minute, watch)).toEqual({ sent: 0, failed: 0 });
    expect(await watchSites(now + 30 * minute, watch)).toEqual({ sent: 1, failed: 0 });
    expect(posted).toEqual(['silence', 'silence']);
  });

  it('tells of a goal that is hardly reached, by its name, and of each hour once', async () => {
    const { watch, save, put, told } = await silentSite();
    const goal = { name: 'Order', what: 'page', match: '/thanks' } as const;
    await watch.sites.edit('demo', (before) => ({ config: { ...before, goals: [goal] } }));
    const reached = (day: string, hour: string, count: number) =>
      put.item(goalKey(epoch, 'demo', day, goalId(goal)), { [conversionName(Date.parse(hour))]: count });
    for (let ago = 1; ago <= 7; ago++) {
      const day = new Date(now - ago * dayMs).toISOString().slice(0, 10);
      await put.hour(day, `${day}T12:00:00Z`, { pv: 600 });
      await reached(day, `${day}T12:00:00Z`, 20 + ago);
    }
    await reached('2026-11-23', '2026-11-23T12:00:00Z', 2);
    // Of the hour that runs nothing can be told yet.
    await reached('2026-11-23', '2026-11-23T13:00:00Z', 90);
    await save({ webhookUrl: 'https://hooks.example/', silence: false, quietMinutes: 10 });
    for (const later of [0, 15, 30]) await watchSites(now + later * minute, watch);
    expect(told).toEqual([
      {
        site: 'demo',
        kind: 'goalDrop',
        text: '“Order” was reached 2 times in the last whole hour; 24 are usual.',
        at: now,
      },
    ]);
  });

  it('of two runs at once, one tells', async () => {
    const { watch, posted, save } = await silentSite();
    await save({ webhookUrl: 'https://hooks.example/' });
    await Promise.all([watchSites(now, watch), watchSites(now, watch)]);
    expect(posted).toEqual(['silence']);
  });

  it('reads nothing of a site with nobody to tell', async () => {
    const { watch, save } = await silentSite();
    await save();
    const read = vi.spyOn(watch.counters, 'items');
    expect(await watchSites(now, watch)).toEqual({ sent: 0, failed: 0 });
    expect(read).not.toHaveBeenCalled();
  });

  it('does not wait with one site for what another’s webhook answers', async () => {
    const { watch } = await silentSite();
    const config = await watch.sites.current('demo');
    const urlOf = (site: string) => `https://${site}.example/`;
    const sites = { all: async () => ['slow', 'demo'], current: async () => config };
    const read = async (site: string) => {
      return { settings: { ...defaultAlerts, webhookUrl: urlOf(site) }, webhookSecret: 'secret' };
    };
    let answered = () => {};
    const other = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const post = async (url: string) => (url === urlOf('slow') ? other : answered());
    const told = await watchSites(now, { ...watch, sites, alerts: { claim: async () => true, read }, post });
    expect(told).toEqual({ sent: 2, failed: 0 });
  });

  it('counts a site that fails, and goes on with the next', async () => {
    const { watch, save, posted } = await silentSite();
    await save({ webhookUrl: 'https://hooks.example/' });
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const sites = { all: async () => ['broken', 'demo'], current: watch.sites.current };
    const read = async (site: string) =>
      site === 'broken' ? Promise.reject(new Error('oh')) : watch.alerts.read(site);
    expect(await watchSites(now, { ...watch, sites, alerts: { ...watch.alerts, read } })).toEqual({
      sent: 1,
      failed: 1,
    });
    expect(posted).toEqual(['silence']);
    expect(errors).toHaveBeenCalledTimes(1);
    errors.mockRestore();
  });
});

describe('the settings', () => {
  const path = '/v1/sites/demo/alerts';
  const wish = { rage: false, quietMinutes: 15, emails: ['a@b.example'], webhookUrl: 'https://hooks.example/in' };

  it('have defaults, are saved whole, and the secret that signs stays the same', async () => {
    const { ask } = await demoApi();
    expect((await ask(path)).json).toEqual({ ...defaultAlerts, webhookSecret: '' });
    const { json } = await ask(path, { method: 'POST', body: wish });
    expect(json).toEqual({ ...defaultAlerts, ...wish, webhookSecret: expect.stringMatching(/^[\w-]{32}$/) });
    const again = await ask(path, { method: 'POST', body: {} });
    expect(again.json).toEqual({ ...defaultAlerts, webhookSecret: json.webhookSecret });
    expect((await ask(path)).json).toEqual(again.json);
  });

  it.each([
    [{ spike: 'yes' }, 'bad-spike'],
    [{ quietMinutes: 9 }, 'bad-quietMinutes'],
    [{ quietMinutes: 60.5 }, 'bad-quietMinutes'],
    [{ emails: ['nobody'] }, 'bad-emails'],
    [{ emails: Array.from({ length: 6 }, (_, index) => `${index}@b.example`) }, 'bad-emails'],
    [{ emails: ['a@b.example\nBcc: c@d.example'] }, 'bad-emails'],
    [{ slackUrl: 'https://slack.example/x' }, 'bad-slackUrl'],
    [{ webhookUrl: 'http://hooks.example/' }, 'bad-webhookUrl'],
    [{ webhookUrl: 'https://user:password@hooks.example/' }, 'bad-webhookUrl'],
    [{ sms: '1' }, 'unknown-property'],
  ])('%j are refused by %s, and nothing is saved', async (body, code) => {
    const { ask } = await demoApi();
    const { statusCode, json } = await ask(path, { method: 'POST', body });
    expect([statusCode, json.error.code]).toEqual([400, code]);
    expect(JSON.stringify(json)).not.toContain('password');
    expect((await ask(path)).json.webhookSecret).toBe('');
  });
});
