import { describe, expect, it, vi } from 'vitest';
import { watchSites } from '../../../functions/alerts/watch-sites.ts';
import { defaultAlerts } from '../../../functions/contract/alert.ts';
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
  const watch = {
    ...ports,
    epoch,
    mail: null,
    post: async (_url: string, body: string) => void posted.push(JSON.parse(body).kind),
  };
  const save = (changes = {}) => ports.alerts.save('demo', { ...defaultAlerts, ...changes }, 'secret');
  return { watch, posted, save };
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
