import {
  type AlertSettings,
  type AlertsAnswer,
  alertEmailsMax,
  alertUrlLengthMax,
  defaultAlerts,
  quietMinutesMax,
  quietMinutesMin,
} from '../contract/alert.ts';
import { noteChange } from './account/change.ts';
import { parseAlertWish } from './alert-wish.ts';
import { siteRoute } from './route.ts';
import { array, object, type Schema, text } from './schema.ts';

const truth = (description: string): Schema => ({ type: 'boolean', description });
const url = (description: string): Schema => ({ type: 'string', maxLength: alertUrlLengthMax, description });

const properties: Record<keyof AlertSettings, Schema> = {
  spike: truth('Four times the page views that are usual at this hour.'),
  silence: truth('Half an hour without a page view, at an hour that usually has them.'),
  rage: truth('Four times the rage clicks that are usual at this hour, and on which element most.'),
  goalDrop: truth('A goal was reached a quarter as often in the last whole hour as is usual at it, or less.'),
  quietMinutes: {
    type: 'integer',
    minimum: quietMinutesMin,
    maximum: quietMinutesMax,
    description: 'After an alert of one kind, none of that kind for so long.',
  },
  emails: { ...array({ type: 'string' }), maxItems: alertEmailsMax },
  slackUrl: url('An incoming webhook of Slack, or empty.'),
  webhookUrl: url('Any public https address, or empty.'),
};
const webhookSecret = text(
  'Signs what the webhook gets: the header `x-sitepulse-signature` is `t=<seconds>,v1=<hex>`, HMAC-SHA256 of `<seconds>.<body>`.',
);
const schema = object({ ...properties, webhookSecret });
const example: AlertsAnswer = {
  ...defaultAlerts,
  emails: ['me@example.com'],
  webhookSecret: 'Zk3v0m5R2h8b1Yc7Qx4Nw6TgPj9LsDfA',
};
const path = '/v1/sites/{site}/alerts';

export const alertsRoute = siteRoute(
  {
    method: 'GET',
    path,
    needs: 'write',
    summary: 'What the site’s owners are told, and how',
    description:
      'Nothing is looked at while there is nobody to tell. “Usual” is the median of the same hour on the last seven days.',
    answer: { status: 200, description: 'The settings; the defaults before the first save.', schema, example },
  },
  {},
  async ({ site: { site } }, { alerts }) => {
    const { settings, webhookSecret: secret } = (await alerts.read(site)) ?? {
      settings: defaultAlerts,
      webhookSecret: '',
    };
    return { status: 200, json: { ...settings, webhookSecret: secret } satisfies AlertsAnswer };
  },
);

export const saveAlertsRoute = siteRoute(
  {
    method: 'POST',
    path,
    needs: 'write',
    summary: 'Sets what the site’s owners are told, and how',
    body: object(properties, Object.keys(properties)),
    answer: { status: 200, description: 'The settings as saved; what was left out has its default.', schema, example },
  },
  {},
  async (call, ports) => {
    const wish = parseAlertWish(call.body);
    await noteChange(call, { what: 'settings-changed', text: 'alerts' }, ports);
    const saved = await ports.alerts.save(call.site.site, wish, Buffer.from(ports.random(24)).toString('base64url'));
    return { status: 200, json: { ...saved.settings, webhookSecret: saved.webhookSecret } satisfies AlertsAnswer };
  },
);
