import { type FormEvent, useState } from 'react';
import type { DeletionAnswer } from '../../../functions/contract/account.ts';
import type { SiteAdmin } from '../../live/account-api.ts';
import { Field } from '../../parts/field.tsx';
import { ListState } from '../../parts/list-state.tsx';
import { useAction } from '../../use-action.ts';
import { useList } from '../../use-list.ts';

interface Props {
  admin: SiteAdmin;
  site: string;
  onDeleted: () => void;
}

/** Says what goes, and asks for the site's name: nothing of it can be had back. */
export function DeleteTab({ admin, site, onDeleted }: Props) {
  const { value, failure } = useList(`deletion ${site}`, admin.deletion);
  const [typed, setTyped] = useState('');
  const action = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void action.run(async () => {
      await admin.deleteSite(typed);
      onDeleted();
    });
  };
  return (
    <form className="settings-form" onSubmit={submit}>
      <h2>Delete this site</h2>
      <ListState value={value ? [value] : null} failure={failure} empty="" />
      {value && (
        <>
          <p>This cannot be taken back. It removes:</p>
          <ul className="removes">
            {[...value.removes, ...losses(value)].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <Field label={`To go on, type the site's name: ${value.name}`} failure={action.failureBeside([])}>
            {(ids) => (
              <input {...ids} autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
            )}
          </Field>
          <div className="save-row">
            <button type="submit" className="button button-danger" disabled={action.busy || typed !== value.name}>
              {action.busy ? 'Deleting …' : 'Delete the site'}
            </button>
          </div>
        </>
      )}
    </form>
  );
}

function losses({ loses }: DeletionAnswer): string[] {
  const lost = [
    [loses.members, 'member', 'members'],
    [loses.keys, 'API key', 'API keys'],
    [loses.shares, 'share link', 'share links'],
    [loses.invitations, 'open invitation', 'open invitations'],
  ] as const;
  const parts = lost.filter(([count]) => count > 0).map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  return parts.length === 0 ? [] : [`That is ${parts.join(', ')}.`];
}
