import type { Member, Role } from '../../../functions/contract/account.ts';
import { roles } from '../../../functions/contract/account.ts';
import type { SiteAdmin } from '../../live/account-api.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { ListState } from '../../parts/list-state.tsx';
import { formatRoute } from '../../route.ts';
import { type Action, useAction } from '../../use-action.ts';
import { useList } from '../../use-list.ts';
import { formatDate } from '../../view/time-format.ts';
import { InviteForm } from './invite-form.tsx';

interface Props {
  admin: SiteAdmin;
  site: string;
  zone: string;
  /** The reader's own id among the members. */
  me: string;
  /** Their own role may have changed. */
  onOwnRole: () => void;
}

export function PeopleTab({ admin, site, zone, me, onOwnRole }: Props) {
  const { value, failure, changed } = useList(`members ${site}`, admin.members);
  const action = useAction();
  const act = async (work: () => Promise<unknown>, whom = '') => {
    const isDone = await action.run(async () => void (await work()));
    if (isDone && whom === me) onOwnRole();
    else changed();
  };
  return (
    <>
      <section className="settings-part" aria-labelledby="members">
        <h2 id="members">People</h2>
        <p>Owners change everything here; viewers see the dashboards and change nothing.</p>
        <ListState value={value?.rows ?? null} failure={failure} empty="Nobody yet." />
        <p role="alert" className="field-failure">
          {action.failureBeside([])}
        </p>
        <ul className="rows">
          {value?.rows.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              isMe={member.id === me}
              zone={zone}
              action={action}
              onRole={(role) => void act(() => admin.changeRole(member.id, role), member.id)}
              onRemove={() => void act(() => admin.removeMember(member.id))}
            />
          ))}
        </ul>
      </section>
      {value && value.invitations.length > 0 && (
        <section className="settings-part" aria-labelledby="invitations">
          <h2 id="invitations">Open invitations</h2>
          <ul className="rows">
            {value.invitations.map(({ id, email, role, expiresAt }) => (
              <li key={id} className="row">
                <span className="row-name">{email ?? 'Whoever has the link'}</span>
                <span className="quiet">
                  {role}, until {formatDate(expiresAt, zone)}
                </span>
                <ConfirmButton
                  label="Revoke"
                  of={`the invitation of ${email ?? 'whoever has the link'}`}
                  confirm="Revoke it"
                  action={action}
                  onConfirm={() => void act(() => admin.removeMember(id))}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <InviteForm admin={admin} onInvited={changed} />
    </>
  );
}

interface RowProps {
  member: Member;
  isMe: boolean;
  zone: string;
  action: Action;
  onRole: (role: Role) => void;
  onRemove: () => void;
}

function MemberRow({ member, isMe, zone, action, onRole, onRemove }: RowProps) {
  const name = member.email ?? member.id;
  return (
    <li className="row">
      <span className="row-name">
        {name}
        {isMe && <span className="quiet"> (you)</span>}
      </span>
      {member.since > 0 && <span className="quiet">since {formatDate(member.since, zone)}</span>}
      <select
        aria-label={`Role of ${name}`}
        value={member.role}
        disabled={action.busy}
        onChange={(event) => onRole(roles.find((role) => role === event.target.value) ?? member.role)}
      >
        {roles.map((role) => (
          <option key={role}>{role}</option>
        ))}
      </select>
      {isMe ? (
        <a className="button" href={formatRoute({ page: 'settings', tab: 'leave' })}>
          Leave …
        </a>
      ) : (
        <ConfirmButton label="Remove" of={name} confirm="Remove now" action={action} onConfirm={onRemove} />
      )}
    </li>
  );
}
