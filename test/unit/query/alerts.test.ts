import { describe, expect, it } from 'vitest';
import { alertEmailsMax } from '../../../functions/contract/alert.ts';
import { demoApi } from './demo-api.ts';

async function alertsOfDemo() {
  const { ask, ports } = await demoApi();
  const log = async () => {
    const { rows } = await ports.audit.page('demo', { before: null, limit: 10 });
    return rows.map(({ what, text }) => `${what}: ${text}`);
  };
  const save = (body: unknown) => ask('/v1/sites/demo/alerts', { method: 'POST', key: 'key-of-demo', body });
  return { ask, save, log };
}

describe('what a site’s owners are told', () => {
  it('is saved and read again, with one secret for good, and the change stands in the audit log', async () => {
    const { ask, save, log } = await alertsOfDemo();
    const wish = { rage: false, emails: ['me@shop.example', 'me@shop.example'], webhookUrl: 'https://shop.example/in' };
    const saved = await save(wish);
    expect(saved.json).toMatchObject({ rage: false, spike: true, emails: ['me@shop.example'], quietMinutes: 60 });
    expect((await ask('/v1/sites/demo/alerts', { key: 'key-of-demo' })).json).toEqual(saved.json);
    expect((await save({ quietMinutes: 30 })).json.webhookSecret).toBe(saved.json.webhookSecret);
    expect(await log()).toEqual(['settings-changed: alerts', 'settings-changed: alerts']);
  });

  it.each([
    [{ webhookUrl: 'http://shop.example/in' }, 'bad-webhookUrl'],
    [{ webhookUrl: 'https://me:secret@shop.example/' }, 'bad-webhookUrl'],
    [{ webhookUrl: 'https://169.254.169.254/latest/meta-data/' }, 'bad-webhookUrl'],
    [{ webhookUrl: 'https://0x7f.1/' }, 'bad-webhookUrl'],
    [{ webhookUrl: 'https://[::1]/' }, 'bad-webhookUrl'],
    [{ webhookUrl: 'https://[::ffff:10.0.0.1]/' }, 'bad-webhookUrl'],
    [{ webhookUrl: 'https://localhost:8080/' }, 'bad-webhookUrl'],
    [{ slackUrl: 'https://shop.example/services/x' }, 'bad-slackUrl'],
    [{ emails: ['nobody'] }, 'bad-emails'],
    [{ spike: { toString: 1 } }, 'bad-spike'],
    [{ quietMinutes: [{ toString: 1 }] }, 'bad-quietMinutes'],
    [{ emails: Array.from({ length: alertEmailsMax + 1 }, (_, at) => `a${at}@shop.example`) }, 'bad-emails'],
    [{ quietMinutes: 9.5 }, 'bad-quietMinutes'],
    [{ spike: 'yes' }, 'bad-spike'],
    [{ noise: true }, 'unknown-property'],
  ])('is refused, and nothing is saved or logged: %j', async (wish, code) => {
    const { ask, save, log } = await alertsOfDemo();
    const answer = await save(wish);
    expect([answer.statusCode, answer.json.error.code]).toEqual([400, code]);
    expect((await ask('/v1/sites/demo/alerts', { key: 'key-of-demo' })).json.webhookSecret).toBe('');
    expect(await log()).toEqual([]);
  });
});
