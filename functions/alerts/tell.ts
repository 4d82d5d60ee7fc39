import { createHmac } from 'node:crypto';
import type { SiteConfig } from '../contract/site.ts';
import { log } from '../log.ts';
import type { StoredAlerts } from '../sites/alert-store.ts';
import type { Finding } from './judge.ts';

export type Mailer = (to: string, subject: string, text: string) => Promise<void>;

export interface TellPorts {
  /** Null: no sender is set up, and nothing is mailed. */
  mail: Mailer | null;
  post(url: string, body: string, headers: Record<string, string>): Promise<void>;
}

export interface Told {
  sent: number;
  failed: number;
}

/** Tells a finding by every way that the settings name. One that fails harms no other, and is counted. */
export async function tell(
  site: SiteConfig,
  { kind, text }: Finding,
  { settings, webhookSecret }: StoredAlerts,
  now: number,
  { mail, post }: TellPorts,
): Promise<Told> {
  const ways: { way: string; send: () => Promise<void> }[] = [];
  if (mail) {
    for (const to of settings.emails)
      ways.push({ way: 'mail', send: () => mail(to, `${site.name}: ${titleOf[kind]}`, text) });
  }
  if (settings.slackUrl) {
    const body = JSON.stringify({ text: `*${escaped(site.name)}: ${titleOf[kind]}*\n${escaped(text)}` });
    ways.push({ way: 'slack', send: () => post(settings.slackUrl, body, {}) });
  }
  if (settings.webhookUrl) {
    const body = JSON.stringify({ site: site.site, kind, text, at: now });
    const headers = { 'x-sitepulse-signature': signatureOf(webhookSecret, body, now) };
    ways.push({ way: 'webhook', send: () => post(settings.webhookUrl, body, headers) });
  }
  const outcomes = await Promise.allSettled(ways.map(({ send }) => send()));
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === 'fulfilled') continue;
    // Neither address nor URL: both are secrets of the site's owner.
    log.warn('an alert could not be told', {
      site: site.site,
      kind,
      way: ways[index]?.way,
      fault: faultOf(outcome.reason),
    });
  }
  const sent = outcomes.filter(({ status }) => status === 'fulfilled').length;
  return { sent, failed: outcomes.length - sent };
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256, by the site's secret, of the seconds, a full stop and the body. */
export function signatureOf(secret: string, body: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

const titleOf: Record<Finding['kind'], string> = {
  spike: 'many more visitors than usual',
  silence: 'no visitors',
  rage: 'rage clicks',
  goalDrop: 'a goal is hardly reached',
};

/** https://api.slack.com/reference/surfaces/formatting#escaping */
function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function faultOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
