import type { AccountApi } from '../live/account-api.ts';
import { useAction } from '../use-action.ts';

interface Props {
  api: AccountApi;
  secret: string;
  /** Only a person can join a site. */
  isUser: boolean;
  /** Is told the site that was joined. */
  onJoined: (site: string) => void;
}

/** What an invitation's link opens. It works once, so it is used by a press and not by being looked at. */
export function InvitationCard({ api, secret, isUser, onJoined }: Props) {
  const action = useAction();
  const failure = action.failureBeside([]);
  const join = () => void action.run(async () => onJoined((await api.acceptInvitation(secret)).site));
  return (
    <section className="card settings-form new-site">
      <h1>You are invited</h1>
      <p>Somebody wants to show you the dashboard of a site.</p>
      {isUser ? (
        <button type="button" className="button button-strong" onClick={join} disabled={action.busy}>
          Accept the invitation
        </button>
      ) : (
        <p>
          You look by a key or a link now: leave it by the menu at the top right, sign in, and open the invitation
          again.
        </p>
      )}
      {failure && (
        <p className="field-failure" role="alert">
          {failure}
        </p>
      )}
    </section>
  );
}
