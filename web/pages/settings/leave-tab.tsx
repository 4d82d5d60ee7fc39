import type { Role } from '../../../functions/contract/account.ts';
import type { SiteAdmin } from '../../live/account-api.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { ListState } from '../../parts/list-state.tsx';
import { formatRoute } from '../../route.ts';
import { useAction } from '../../use-action.ts';
import { useList } from '../../use-list.ts';

interface Props {
  admin: SiteAdmin;
  site: string;
  name: string;
  /** The reader's own. */
  role: Role;
  onLeft: () => void;
}

/** Says what follows before anybody goes, and why the last owner cannot. */
export function LeaveTab(props: Props) {
  const { admin, site, role } = props;
  const owners = async () => (await admin.members()).rows.filter((member) => member.role === 'owner').length;
  // Who else is there is told to owners alone; a viewer may always go.
  const { value, failure } = useList(`owners ${site}`, async () => (role === 'owner' ? owners() : null));
  const isAsked = role === 'owner' && value === null;
  return (
    <section className="settings-part" aria-labelledby="leave">
      <h2 id="leave">Leave this site</h2>
      {isAsked ? <ListState value={null} failure={failure} empty="" /> : value === 1 ? <Last /> : <Leave {...props} />}
    </section>
  );
}

function Last() {
  return (
    <>
      <p>You are the only owner of this site, and a site keeps at least one.</p>
      <p className="quiet">
        Make somebody else an owner under <a href={formatRoute({ page: 'settings', tab: 'people' })}>People</a> first,
        or <a href={formatRoute({ page: 'settings', tab: 'delete' })}>delete the site</a>.
      </p>
    </>
  );
}

function Leave({ admin, name, role, onLeft }: Props) {
  const action = useAction();
  const leave = () =>
    void action.run(async () => {
      await admin.leave();
      onLeft();
    });
  return (
    <>
      <p>You are its {role}. If you leave:</p>
      <ul className="removes">
        <li>You see nothing of it any more, at once and on every machine.</li>
        <li>Only an owner can bring you back, by a new invitation.</li>
        {role === 'owner' && (
          <li>
            API keys and share links that you made go on. Revoke those that nobody should use before you leave: you
            cannot afterwards.
          </li>
        )}
        <li>Nothing that was counted changes. The audit log says that you left.</li>
      </ul>
      <ConfirmButton label="Leave" of={name} confirm="Leave now" action={action} onConfirm={leave} />
      <p role="alert" className="field-failure">
        {action.failureBeside([])}
      </p>
    </>
  );
}
