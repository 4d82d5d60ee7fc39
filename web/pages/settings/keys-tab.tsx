import { type FormEvent, useState } from 'react';
import { type ApiKey, type KeyScope, keyScopes, labelLengthMax } from '../../../functions/contract/account.ts';
import type { SiteAdmin } from '../../live/account-api.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Field } from '../../parts/field.tsx';
import { ListState } from '../../parts/list-state.tsx';
import { OnceShown } from '../../parts/once-shown.tsx';
import { SaveButton } from '../../parts/save-button.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { useAction } from '../../use-action.ts';
import { useList } from '../../use-list.ts';
import { formatDate } from '../../view/time-format.ts';

const scopeNames: Record<KeyScope, string> = { read: 'Read', write: 'Read and change settings' };

interface Props {
  admin: SiteAdmin;
  site: string;
  zone: string;
}

export function KeysTab({ admin, site, zone }: Props) {
  const { value, failure, changed } = useList(`keys ${site}`, admin.keys);
  const [secret, setSecret] = useState('');
  const action = useAction();
  const act = (work: () => Promise<void>) => void action.run(work).then(changed);
  const show = (next: string) => {
    setSecret(next);
    changed();
  };
  return (
    <>
      <section className="settings-part" aria-labelledby="keys">
        <h2 id="keys">API keys</h2>
        <p>For scripts and build servers: each opens the API of this site alone.</p>
        <ListState value={value} failure={failure || action.failureBeside([])} empty="No keys yet." />
        <ul className="rows">
          {value?.map((key) => (
            <li key={key.id} className="row">
              <span className="row-name">{key.label}</span>
              <span className="quiet">{describe(key, zone)}</span>
              <ConfirmButton
                label="Rotate"
                of={key.label}
                confirm="End the old one"
                action={action}
                onConfirm={() => act(async () => setSecret((await admin.rotateKey(key.id)).secret))}
              />
              <ConfirmButton
                label="Revoke"
                of={key.label}
                confirm="Revoke now"
                action={action}
                onConfirm={() => act(async () => void (await admin.removeKey(key.id)))}
              />
            </li>
          ))}
        </ul>
        {secret && <OnceShown title="The new key" label="the API key" text={secret} />}
      </section>
      <NewKeyForm admin={admin} onMade={show} />
    </>
  );
}

function describe({ scope, createdAt, lastUsedOn }: ApiKey, zone: string): string {
  const used = lastUsedOn === null ? 'never used' : `last used ${formatDate(Date.parse(lastUsedOn), 'UTC')}`;
  const made = createdAt > 0 ? `made ${formatDate(createdAt, zone)}, ` : '';
  return `${scope}, ${made}${used}`;
}

function NewKeyForm({ admin, onMade }: { admin: SiteAdmin; onMade: (secret: string) => void }) {
  const [label, setLabel] = useState('');
  const [scope, setScope] = useState<KeyScope>('read');
  const action = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void action.run(async () => {
      const { secret } = await admin.addKey({ label: label.trim(), scope });
      setLabel('');
      onMade(secret);
    });
  };
  return (
    <form className="settings-form" onSubmit={submit}>
      <h2>Make a key</h2>
      <Field label="What it is for" failure={action.failureAt('label')}>
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={labelLengthMax}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
          />
        )}
      </Field>
      <Segmented label="What it may do" options={keyScopes} labels={scopeNames} value={scope} onChange={setScope} />
      <SaveButton action={action} label="Make the key" fields={['label']} />
    </form>
  );
}
