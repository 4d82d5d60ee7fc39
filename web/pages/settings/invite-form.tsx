import { type FormEvent, useState } from 'react';
import { emailLengthMax, invitationMs, type Role, roles } from '../../../functions/contract/account.ts';
import type { SiteAdmin } from '../../live/account-api.ts';
import { Field } from '../../parts/field.tsx';
import { OnceShown } from '../../parts/once-shown.tsx';
import { SaveButton } from '../../parts/save-button.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { useAction } from '../../use-action.ts';
import { dashboardLink } from '../../view/dashboard-link.ts';

const days = invitationMs / 86_400_000;
const roleNames: Record<Role, string> = { owner: 'Owner', viewer: 'Viewer' };

/** Makes a link that lets one person in. SitePulse sends no mail: whoever invites passes it on. */
export function InviteForm({ admin, onInvited }: { admin: SiteAdmin; onInvited: () => void }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [link, setLink] = useState('');
  const action = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLink('');
    void action.run(async () => {
      const { secret } = await admin.invite({ role, ...(email.trim() ? { email: email.trim() } : {}) });
      setLink(dashboardLink(location, 'invitation', secret));
      setEmail('');
      onInvited();
    });
  };
  return (
    <form className="settings-form" onSubmit={submit}>
      <h2>Invite somebody</h2>
      <Field
        label="E-mail"
        hint={`Only a person with this address can accept; empty: whoever has the link. It works once, within ${days} days.`}
        failure={action.failureAt('email')}
      >
        {(ids) => (
          <input
            {...ids}
            type="email"
            maxLength={emailLengthMax}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Segmented label="Role" options={roles} labels={roleNames} value={role} onChange={setRole} />
      <SaveButton action={action} label="Make the link" fields={['email']} />
      {link && <OnceShown title="The invitation" label="the invitation's link" text={link} />}
    </form>
  );
}
