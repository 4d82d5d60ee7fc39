import { type FormEvent, useState } from 'react';
import {
  type AlertSettings,
  type AlertsAnswer,
  alertKinds,
  quietMinutesMax,
  quietMinutesMin,
} from '../../functions/contract/alert.ts';
import type { Api } from '../live/api.ts';
import { useAnswer } from '../use-live.ts';
import { Card } from './card.tsx';

const kindText: Record<(typeof alertKinds)[number], string> = {
  spike: 'Many more visitors than usual',
  silence: 'No visitors at an hour that has some',
  rage: 'Rage clicks, and on what',
  goalDrop: 'A goal that is reached far less than usual',
};

/** What the site's owners are told without looking. */
export function AlertsCard({ api }: { api: Api }) {
  const [saves, setSaves] = useState(0);
  const { value, error } = useAnswer('alerts', () => api.alerts(), 0, [saves]);
  if (!value)
    return error && 'status' in error && error.status === 403 ? null : <Waiting text={error?.message ?? 'Loading …'} />;
  return <AlertsForm key={JSON.stringify(value)} api={api} saved={value} onSaved={() => setSaves(saves + 1)} />;
}

function Waiting({ text }: { text: string }) {
  return (
    <Card title="Alerts" className="alerts-card">
      <p className="quiet">{text}</p>
    </Card>
  );
}

function AlertsForm({ api, saved, onSaved }: { api: Api; saved: AlertsAnswer; onSaved: () => void }) {
  const [note, setNote] = useState('');
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setNote('Saving …');
    try {
      await api.saveAlerts(settingsOf(new FormData(event.currentTarget)));
      setNote('Saved');
      onSaved();
    } catch (error) {
      setNote(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Card title="Alerts" note="of this site, looked for every five minutes" className="alerts-card">
      <form onSubmit={save}>
        <fieldset>
          <legend>Tell about</legend>
          {alertKinds.map((kind) => (
            <label key={kind} className="alerts-kind">
              <input type="checkbox" name={kind} defaultChecked={saved[kind]} /> {kindText[kind]}
            </label>
          ))}
        </fieldset>
        <label>
          E-mail addresses, separated by commas
          <input name="emails" type="text" defaultValue={saved.emails.join(', ')} placeholder="nobody" />
        </label>
        <label>
          Incoming webhook of Slack
          <input
            name="slackUrl"
            type="url"
            defaultValue={saved.slackUrl}
            placeholder="https://hooks.slack.com/services/…"
          />
        </label>
        <label>
          Webhook
          <input name="webhookUrl" type="url" defaultValue={saved.webhookUrl} placeholder="https://…" />
        </label>
        {saved.webhookSecret && (
          <details>
            <summary>Secret that signs the webhook</summary>
            <code>{saved.webhookSecret}</code>
          </details>
        )}
        <label>
          Minutes of quiet after an alert
          <input
            name="quietMinutes"
            type="number"
            min={quietMinutesMin}
            max={quietMinutesMax}
            defaultValue={saved.quietMinutes}
          />
        </label>
        <p className="alerts-save">
          <button type="submit">Save</button> <span role="status">{note}</span>
        </p>
      </form>
    </Card>
  );
}

function settingsOf(form: FormData): AlertSettings {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return {
    spike: form.has('spike'),
    silence: form.has('silence'),
    rage: form.has('rage'),
    goalDrop: form.has('goalDrop'),
    quietMinutes: Number(text('quietMinutes')),
    emails: text('emails')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    slackUrl: text('slackUrl'),
    webhookUrl: text('webhookUrl'),
  };
}
