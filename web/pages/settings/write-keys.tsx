import { type WriteKeyAnswer, writeKeysMax } from '../../../functions/contract/account.ts';
import type { SiteAdmin } from '../../live/account-api.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { useAction } from '../../use-action.ts';
import { formatDate } from '../../view/time-format.ts';

interface Props {
  admin: SiteAdmin;
  keys: readonly WriteKeyAnswer[];
  zone: string;
  isOwner: boolean;
  onChange: () => void;
}

/** The keys that stand in pages. Changing one over: make the next, embed it, delete the old one. */
export function WriteKeys({ admin, keys, zone, isOwner, onChange }: Props) {
  const action = useAction();
  const act = (work: () => Promise<unknown>) => void action.run(async () => void (await work())).then(onChange);
  return (
    <section className="settings-part" aria-labelledby="write-keys">
      <h2 id="write-keys">Write keys</h2>
      <p>
        No secret: it stands in every page, and can only send events, from the site's origins. To change one over, make
        the next, embed it, and delete the old one.
      </p>
      <p role="alert" className="field-failure">
        {action.failureBeside([])}
      </p>
      <ul className="rows">
        {keys.map(({ id, createdAt }) => (
          <li key={id} className="row">
            <code className="row-name">{id}</code>
            {createdAt > 0 && <span className="quiet">made {formatDate(createdAt, zone)}</span>}
            {isOwner && (
              <ConfirmButton
                label="Delete"
                of={`the write key ${id}`}
                confirm="Refuse its events"
                action={action}
                onConfirm={() => act(() => admin.removeWriteKey(id))}
              />
            )}
          </li>
        ))}
      </ul>
      {isOwner && keys.length < writeKeysMax && (
        <button type="button" className="button" disabled={action.busy} onClick={() => act(admin.addWriteKey)}>
          Make another
        </button>
      )}
    </section>
  );
}
