import { type FormEvent, useState } from 'react';
import {
  type AlertSettings,
  type AlertsAnswer,
  alertKinds,
  quietMinutesMax,
  quietMinutesMin,
} from '../../functions/contract/alert.ts';
import { type Api, ApiFault } from '../live/api.ts';
import { useAction } from '../use-action.ts';
import { useAnswer } from '../use-live.ts';
import { Card } from './card.tsx';
import { CheckField } from './check-field.tsx';
import { Field } from './field.tsx';
import { NumberField } from './number-field.tsx';
import { SaveButton } from './save-button.tsx';

const kindText: Record<(typeof alertKinds)[number], string> = {
  spike: 'Many more visitors than usual',
  silence: 'No visitors at an hour that has some',
  rage: 'Rage clicks, and on what',
  goalDrop: 'A goal that is reached far less than usual',
};

/** What the site's owners are told without looking. */
export function AlertsCard({ api }: { api: Api }) {
  const { value, error } = useAnswer('alerts', () => api.alerts(), 0);
  if (value) return <AlertsForm api={api} first={value} />;
  // A key that may only read.
  if (error instanceof ApiFault && error.status === 403) return null;
  return (
    <Card title="Alerts" className="alerts-card">
      <p className="quiet">{error?.message ?? 'Loading …'}</p>
    </Card>
  );
}

/** As it is typed. */
type Draft = Omit<AlertSettings, 'quietMinutes' | 'emails'> & { quietMinutes: string; emails: string };

function AlertsForm({ api, first }: { api: Api; first: AlertsAnswer }) {
  const [saved, setSaved] = useState(first);
  const [draft, setDraft] = useState(() => draftOf(first));
  const action = useAction();
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const save = (event: FormEvent) => {
    event.preventDefault();
    void action.run(async () => {
      const next = await api.saveAlerts(settingsOf(draft));
      setSaved(next);
      setDraft(draftOf(next));
    });
  };
  const dirty = JSON.stringify(draft) !== JSON.stringify(draftOf(saved));
  return (
    <Card title="Alerts" note="of this site, looked for every five minutes" className="alerts-card">
      <form onSubmit={save}>
        <fieldset>
          <legend>Tell about</legend>
          {alertKinds.map((kind) => (
            <CheckField
              key={kind}
              label={kindText[kind]}
              checked={draft[kind]}
              onChange={(on) => change({ [kind]: on })}
            />
          ))}
        </fieldset>
        {texts.map(({ name, ...field }) => (
          <Field key={name} label={field.label} failure={action.failureAt(name)}>
            {(ids) => (
              <input
                {...ids}
                inputMode={name === 'emails' ? 'email' : 'url'}
                placeholder={field.placeholder}
                value={draft[name]}
                onChange={(event) => change({ [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        {saved.webhookSecret && (
          <details>
            <summary>Secret that signs the webhook</summary>
            <code>{saved.webhookSecret}</code>
          </details>
        )}
        <NumberField
          label="Minutes of quiet after an alert"
          hint={`${quietMinutesMin} to ${quietMinutesMax}.`}
          failure={action.failureAt('quietMinutes')}
          required
          min={quietMinutesMin}
          max={quietMinutesMax}
          value={draft.quietMinutes}
          onChange={(quietMinutes) => change({ quietMinutes })}
        />
        <SaveButton action={action} dirty={dirty} fields={fields} />
      </form>
    </Card>
  );
}

const texts = [
  { name: 'emails', label: 'E-mail addresses, separated by commas', placeholder: 'nobody' },
  { name: 'slackUrl', label: 'Incoming webhook of Slack', placeholder: 'https://hooks.slack.com/services/…' },
  { name: 'webhookUrl', label: 'Webhook', placeholder: 'https://…' },
] as const;
const fields = [...texts.map(({ name }) => name), 'quietMinutes'];

function draftOf({ webhookSecret: _secret, quietMinutes, emails, ...same }: AlertsAnswer): Draft {
  return { ...same, quietMinutes: String(quietMinutes), emails: emails.join(', ') };
}

function settingsOf(draft: Draft): AlertSettings {
  return {
    ...draft,
    slackUrl: draft.slackUrl.trim(),
    webhookUrl: draft.webhookUrl.trim(),
    quietMinutes: Number(draft.quietMinutes),
    emails: draft.emails
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  };
}
