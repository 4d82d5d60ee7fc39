import { type FormEvent, useState } from 'react';
import {
  labelLengthMax,
  passwordLengthMax,
  passwordLengthMin,
  shareDaysMax,
} from '../../../functions/contract/account.ts';
import type { SiteAdmin } from '../../live/account-api.ts';
import { Field } from '../../parts/field.tsx';
import { NumberField } from '../../parts/number-field.tsx';
import { OnceShown } from '../../parts/once-shown.tsx';
import { SaveButton } from '../../parts/save-button.tsx';
import { useAction } from '../../use-action.ts';
import { dashboardLink } from '../../view/dashboard-link.ts';

const usualDays = '30';

export function ShareForm({ admin, onMade }: { admin: SiteAdmin; onMade: () => void }) {
  const [label, setLabel] = useState('');
  const [days, setDays] = useState(usualDays);
  const [password, setPassword] = useState('');
  const [link, setLink] = useState('');
  const action = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLink('');
    void action.run(async () => {
      const { secret } = await admin.addShare({
        label: label.trim(),
        ...(days === '' ? {} : { days: Number(days) }),
        ...(password === '' ? {} : { password }),
      });
      setLink(dashboardLink(location, 'share', secret));
      setLabel('');
      setPassword('');
      onMade();
    });
  };
  return (
    <form className="settings-form" onSubmit={submit}>
      <h2>Make a link</h2>
      <Field
        label="Who it is for"
        hint="You see it in the list above, and in the audit log."
        failure={action.failureAt('label')}
      >
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
      <NumberField
        label="Days until it ends"
        hint="Empty: until it is revoked."
        failure={action.failureAt('days')}
        min={1}
        max={shareDaysMax}
        value={days}
        onChange={setDays}
      />
      <Field
        label="Password"
        hint={`If wanted: ${passwordLengthMin} to ${passwordLengthMax} characters. Send it another way than the link.`}
        failure={action.failureAt('password')}
      >
        {(ids) => (
          <input
            {...ids}
            type="password"
            autoComplete="new-password"
            minLength={passwordLengthMin}
            maxLength={passwordLengthMax}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <SaveButton action={action} label="Make the link" fields={['label', 'days', 'password']} />
      {link && <OnceShown title="The share link" label="the share link" text={link} />}
    </form>
  );
}
