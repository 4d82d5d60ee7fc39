import { isIP } from 'node:net';
import { isPublicAddress } from '../capture/address.ts';
import {
  type AlertSettings,
  alertEmailsMax,
  alertKinds,
  alertUrlLengthMax,
  defaultAlerts,
  quietMinutesMax,
  quietMinutesMin,
} from '../contract/alert.ts';
import { ApiError, quoted } from './api-error.ts';
import { parseBody, textOf } from './json-body.ts';
import { bad } from './parameters.ts';

const names = [...alertKinds, 'quietMinutes', 'emails', 'slackUrl', 'webhookUrl'];

/** Reads settings; what is left out has its default. @throws ApiError 413, or 400 `bad-json`, `unknown-property`, `bad-…`. */
export function parseAlertWish(body: string): AlertSettings {
  const wish = parseBody(body);
  const unknown = Object.keys(wish).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new ApiError(
      400,
      'unknown-property',
      `there is no setting ${quoted(unknown)}: there are ${names.join(', ')}`,
    );
  }
  const settings: AlertSettings = { ...defaultAlerts };
  for (const kind of alertKinds) {
    const value = wish[kind] ?? settings[kind];
    if (typeof value !== 'boolean') return bad(kind, value, 'true or false');
    settings[kind] = value;
  }
  const minutes = wish.quietMinutes ?? settings.quietMinutes;
  const isRight = Number.isInteger(minutes) && Number(minutes) >= quietMinutesMin && Number(minutes) <= quietMinutesMax;
  if (!isRight) bad('quietMinutes', minutes, `a whole number from ${quietMinutesMin} to ${quietMinutesMax}`);
  settings.quietMinutes = Number(minutes);
  settings.emails = emailsOf(wish.emails ?? []);
  settings.slackUrl = urlOf(wish, 'slackUrl', (url) => url.hostname === 'hooks.slack.com', 'https://hooks.slack.com/…');
  settings.webhookUrl = urlOf(wish, 'webhookUrl', isPublic, 'a public https address without a user name');
  return settings;
}

/** Of an address in figures this can be told before anything is sent; a name is looked up then. */
function isPublic({ hostname }: URL): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) === 0 ? !/(^|\.)localhost$/.test(address) : isPublicAddress(address);
}

function emailsOf(given: unknown): string[] {
  const emails: unknown[] = Array.isArray(given) ? given : [given];
  const isEmail = (one: unknown) =>
    typeof one === 'string' && one.length <= 254 && /^[^\s@,<>]+@[^\s@,<>]+\.[^\s@,<>]+$/.test(one);
  if (emails.length > alertEmailsMax || !emails.every(isEmail)) {
    throw new ApiError(
      400,
      'bad-emails',
      `emails is not a list of at most ${alertEmailsMax} addresses such as "me@example.com"`,
    );
  }
  return [...new Set(emails.map(String))];
}

function urlOf(wish: Record<string, unknown>, name: string, isRight: (url: URL) => boolean, accepted: string): string {
  const text = textOf(wish, name);
  if (text === undefined) return '';
  const url = text.length <= alertUrlLengthMax && URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || !isRight(url)) {
    // Not what was found: it may be a secret.
    throw new ApiError(400, `bad-${name}`, `${name} is not ${accepted}`);
  }
  return url.href;
}
