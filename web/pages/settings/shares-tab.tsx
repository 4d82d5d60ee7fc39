import type { Share } from '../../../functions/contract/account.ts';
import type { SiteAdmin } from '../../live/account-api.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { ListState } from '../../parts/list-state.tsx';
import { useAction } from '../../use-action.ts';
import { useList } from '../../use-list.ts';
import { formatDate } from '../../view/time-format.ts';
import { ShareForm } from './share-form.tsx';

export function SharesTab({ admin, site, zone }: { admin: SiteAdmin; site: string; zone: string }) {
  const { value, failure, changed } = useList(`shares ${site}`, admin.shares);
  const action = useAction();
  const revoke = (id: string) => void action.run(async () => void (await admin.removeShare(id))).then(changed);
  return (
    <>
      <section className="settings-part" aria-labelledby="shares">
        <h2 id="shares">Share links</h2>
        <p>
          Whoever opens one sees this site's dashboards, signs in nowhere and changes nothing. Revoking it closes them
          within seconds.
        </p>
        <ListState value={value} failure={failure || action.failureBeside([])} empty="No links yet." />
        <ul className="rows">
          {value?.map((share) => (
            <li key={share.id} className="row">
              <span className="row-name">{share.label}</span>
              <span className="quiet">{describe(share, zone)}</span>
              <ConfirmButton
                label="Revoke"
                of={share.label}
                confirm="Revoke now"
                action={action}
                onConfirm={() => revoke(share.id)}
              />
            </li>
          ))}
        </ul>
      </section>
      <ShareForm admin={admin} onMade={changed} />
    </>
  );
}

function describe({ createdAt, expiresAt, hasPassword }: Share, zone: string): string {
  const until = expiresAt === null ? 'until revoked' : `until ${formatDate(expiresAt, zone)}`;
  return `made ${formatDate(createdAt, zone)}, ${until}${hasPassword ? ', with a password' : ''}`;
}
